/** Weights of words (`예산^2`): the factor by which a word counts. */
export const LARGEST_WEIGHT = 10;
export const SMALLEST_WEIGHT = 0.1;

export interface Weighed {
  readonly weight: number;
  /** True where the number was outside of the limits. */
  readonly bounded: boolean;
  /** The end of the number; punctuation after it is text. */
  readonly end: number;
}

const WEIGHT = /\^(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(?=[,.;:!?)]*(?:\s|$))/uy;

/** The weight at an offset; null where there is no `^` with a number. */
export function weightAt(text: string, at: number): Weighed | null {
  WEIGHT.lastIndex = at;
  const found = WEIGHT.exec(text);
  if (found === null) return null;
  const asked = Number(found[1]);
  const weight = Math.min(LARGEST_WEIGHT, Math.max(SMALLEST_WEIGHT, asked));
  return { weight, bounded: weight !== asked, end: at + found[0].length };
}
