/**
 * The semantic channel's weight in the hybrid: nearly even with the literal one for a short question, less for a
 * long one, which holds enough words to be found by.
 *
 * `1 / (1 + √(asked / EVEN))` between `LEAST` and `MOST`; `asked` is the weight of the question's literal terms
 * (about its syllables without endings: 9 in a short question, 17 in a sentence, 35 in two). nDCG@10 with .4 for
 * all questions, and as here: belebele_ko .9325 -> .9338, autorag_ko .9389 -> .9389, tydiqa_ko .7732 -> .7778;
 * with a `MOST` of .5, 12 of 10 to 20 is the best `EVEN` on any two of them, too. That `MOST` would give tydiqa_ko
 * .7816, but lets a passage with the model's wrong guess pass one with the question's words (a sample question of
 * test/host/suite).
 */
import type { LexicalTerm } from './preparedQuery.ts';

const EVEN = 12;
const LEAST = 0.3;
const MOST = 0.45;

export function semanticShare(terms: readonly LexicalTerm[]): number {
  const asked = terms.reduce((sum, { weight }) => sum + weight, 0);
  return Math.min(MOST, Math.max(LEAST, 1 / (1 + Math.sqrt(asked / EVEN))));
}
