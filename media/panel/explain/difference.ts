import type { Contribution, Hit } from '../../../src/domain/hit.ts';

/** One term of two hits' scores. */
export interface Difference {
  /** `Contribution.id`; `REMAINDER` for what the engine's addends lack of the scores in their last digits. */
  readonly id: string;
  readonly token: string;
  readonly channel: Contribution['channel'] | null;
  /** Index into `SearchResult.words`; -1 for the rest. */
  readonly word: number;
  /** What it adds to the one and to the other. */
  readonly first: number;
  readonly second: number;
  /** `first - second`. */
  readonly difference: number;
  /** How many terms it stands for. */
  readonly count: number;
}

export const REMAINDER = 'remainder';

/**
 * Why the first of two hits stands where it does beside the second: term by term, the largest difference first. The
 * differences sum to that of the scores.
 *
 * @param named How many terms are told apart; what else there is makes up one last row.
 */
export function differencesOf(
  first: Pick<Hit, 'score' | 'contributions'>,
  second: Pick<Hit, 'score' | 'contributions'>,
  named: number = Infinity,
): readonly Difference[] {
  const terms = new Map<string, Difference>();
  const add = (contribution: Contribution, ofFirst: number, ofSecond: number): void => {
    const { id, token, channel, word } = contribution;
    const known = terms.get(id) ?? { id, token, channel, word, first: 0, second: 0, difference: 0, count: 1 };
    const sums = { first: known.first + ofFirst, second: known.second + ofSecond };
    terms.set(id, { ...known, ...sums, difference: sums.first - sums.second });
  };
  for (const contribution of first.contributions) add(contribution, contribution.value, 0);
  for (const contribution of second.contributions) add(contribution, 0, contribution.value);
  const all = [...terms.values()].sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const shown = all.length <= named ? all : all.slice(0, named);
  const rest = {
    first: first.score - sum(shown.map(each => each.first)),
    second: second.score - sum(shown.map(each => each.second)),
  };
  const difference = first.score - second.score - sum(shown.map(each => each.difference));
  const count = all.length - shown.length;
  if (count === 0 && Math.abs(difference) < NOTHING) return shown;
  return [...shown, { id: REMAINDER, token: '', channel: null, word: -1, ...rest, difference, count }];
}

/** The engine's addends sum to the score within 1e-6. */
const NOTHING = 1e-5;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
