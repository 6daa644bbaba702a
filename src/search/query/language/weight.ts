import { OPENERS } from './quotes.ts';

/** `예산^2`: how many times a word counts; `^0`: not at all, though the model reads it. */
export interface WeightRange {
  /** The smallest weight above 0. */
  readonly smallest: number;
  readonly largest: number;
}

export const WORD_WEIGHTS: WeightRange = { smallest: 0.1, largest: 10 };
/** A dimension's own weight in a query: those that models give are below 20. */
export const DIMENSION_WEIGHTS: WeightRange = { smallest: 0.001, largest: 100 };

export interface Weighed {
  readonly weight: number;
  /** True where the number was outside of the limits. */
  readonly bounded: boolean;
  /** The end of the number; punctuation after it is text. */
  readonly end: number;
}

const NUMBER = String.raw`\^(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})`;
/** A word also ends where a quotation begins: 예산^2"정확한 구". */
const WEIGHT = new RegExp(String.raw`${NUMBER}(?=[,.;:!?)]*(?:\s|$|[${OPENERS}]))`, 'uy');
/** After a quotation a particle may follow: "정확한 구"^2를. */
const QUOTED_WEIGHT = new RegExp(String.raw`${NUMBER}(?=[,.;:!?)]*(?:\s|$|[${OPENERS}])|[가-힣])`, 'uy');

/** The weight at an offset; null where there is no `^` with a number. */
export function weightAt(
  text: string,
  at: number,
  range: WeightRange = WORD_WEIGHTS,
  isQuoted: boolean = false,
): Weighed | null {
  const expression = isQuoted ? QUOTED_WEIGHT : WEIGHT;
  expression.lastIndex = at;
  const found = expression.exec(text);
  if (found === null) return null;
  const asked = Number(found[1]);
  const weight = asked === 0 ? 0 : Math.min(range.largest, Math.max(range.smallest, asked));
  return { weight, bounded: weight !== asked, end: at + found[0].length };
}
