/** Applies weights (`예산^2`): the contributions of a word are multiplied by its factor in both channels. */
import type { EncodedQuery } from './encodedQuery.ts';
import type { WeighedRange } from './language/parsedQuery.ts';

export function weighWords(query: EncodedQuery, weights: readonly WeighedRange[]): EncodedQuery {
  if (weights.length === 0) return query;
  const ofWord = query.words.map(({ range }) =>
    weights
      .filter(({ range: { start, end } }) => start < range.end && range.start < end)
      .reduce((product, { weight }) => product * weight, 1),
  );
  const weigh = <T extends { readonly word: number; readonly weight: number }>(terms: readonly T[]): T[] =>
    terms.map(term => ({ ...term, weight: term.weight * (ofWord[term.word] ?? 1) }));
  return {
    ...query,
    lexical: weigh(query.lexical),
    rewritten: weigh(query.rewritten),
    semantic: weigh(query.semantic),
  };
}
