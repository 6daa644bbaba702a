/** Decides which hits are too weak to be answers: they are folded away, never left out. */
import type { Scored } from './boundedScores.ts';
import type { EncodedQuery } from '../query/encodedQuery.ts';
import { isCoreOf } from '../query/rewriting.ts';

/**
 * Hits below this score are far. A score measures how much of the query a passage has, and SCALE is all of it
 * (`fusionConstants.ts`).
 */
export const FAR_SCORE = 1;

/**
 * A passage that has a whole word of the query, as typed or in another form, is never far. A passage that
 * only has a single character of a longer word (9 of ㄷㄷㄷㄷ9) always is. Several characters may be a number: 2
 * and 3 of 1.2.3.
 */
export function isFar(
  { score, lexicalMatches, semanticMatches }: Pick<Scored, 'score' | 'lexicalMatches' | 'semanticMatches'>,
  { words, lexical }: Pick<EncodedQuery, 'words' | 'lexical'>,
): boolean {
  const found = new Set(lexicalMatches.map(({ term }) => term));
  const isCharacter = (term: (typeof lexicalMatches)[number]['term']): boolean =>
    !('rewriting' in term) && Array.from(term.text).length === 1;
  const isChance = semanticMatches.length === 0 && found.size === 1 && [...found].every(isCharacter);
  if (score >= FAR_SCORE && !isChance) return false;
  for (const term of found) if ('rewriting' in term) return false;
  return !words.some((_, word) => {
    const core = lexical.filter(term => isCoreOf(word, term));
    return core.length > 0 && core.every(term => found.has(term));
  });
}
