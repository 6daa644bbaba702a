/** Which hits have too little of a query to be an answer: they are folded away, never left out. */
import type { Scored } from './boundedLeaf.ts';
import type { PreparedQuery } from './preparedQuery.ts';
import { isCoreOf } from './rewriting.ts';

/** Scores say how much of the query a passage has: SCALE is all of it (`fusionConstants.ts`). */
export const FAR_SCORE = 1;

/** A passage that has a whole word of the query, as typed or in another form, is never far. */
export function isFar(
  { score, lexicalMatches }: Scored,
  { words, lexical }: Pick<PreparedQuery, 'words' | 'lexical'>,
): boolean {
  if (score >= FAR_SCORE) return false;
  const found = new Set(lexicalMatches.map(({ term }) => term));
  for (const term of found) if ('rewriting' in term) return false;
  return !words.some((_, word) => {
    const core = lexical.filter(term => isCoreOf(word, term));
    return core.length > 0 && core.every(term => found.has(term));
  });
}
