/**
 * Measures how much of a query the model knows.
 *
 * A model that knows a word activates the dimension of that name. Where no dimension with the word's own name
 * is active, the tokenizer had to spell the word (eeeeqqxz, R-1180), and the active dimensions are guesses:
 * words of a similar spelling.
 */
import type { SemanticTerm } from '../query/encodedQuery.ts';

/** Share (0..1) of the query's self-score that comes from words the model knows; 1 for a query without terms. */
export function knownShare(terms: readonly SemanticTerm[]): number {
  const known = new Set(terms.filter(({ expansion }) => !expansion).map(({ word }) => word));
  let all = 0;
  let own = 0;
  for (const { word, weight } of terms) {
    all += weight * weight;
    if (known.has(word)) own += weight * weight;
  }
  return all === 0 ? 1 : own / all;
}
