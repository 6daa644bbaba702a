/** Whether a text reads like one: fonts that don't say which letters they draw give signs that no text has. */

/** Private use, replacement, controls, half surrogates. */
const UNLIKELY = /[\p{Co}\p{Cn}\p{Cc}\p{Cs}\ufffd]/u;
const BLANK = /\s/u;

export interface Likelihood {
  readonly characters: number;
  readonly unlikely: number;
}

export function likelihoodOf(text: string): Likelihood {
  let characters = 0;
  let unlikely = 0;
  for (const character of text) {
    if (BLANK.test(character)) continue;
    characters++;
    if (UNLIKELY.test(character)) unlikely++;
  }
  return { characters, unlikely };
}
