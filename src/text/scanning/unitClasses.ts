/**
 * Classes of UTF-16 units, for loops over whole documents: a regular expression with Unicode classes takes several times
 * as long. Halves of surrogate pairs have a class of their own; texts with them are left to regular expressions.
 */

/** Han, Hangul and kana, which are written without reliable blanks. */
export const KOREAN = 1;
/** Letters and digits of all other scripts. */
export const LATIN = 2;
/** Signs and pictures, except for ASCII's. */
export const SIGN = 4;
/** White space, as `\s` has it. */
export const BLANK = 8;
/** Letters, digits and marks. */
export const WORD = 16;
/** Default_Ignorable_Code_Point: nobody sees it. */
export const UNSEEN = 32;
const KNOWN = 64;

/** Sources of the regular expressions that say the same. */
export const KOREAN_SOURCE = String.raw`[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]`;
export const LATIN_SOURCE = String.raw`(?:(?!${KOREAN_SOURCE})[\p{L}\p{N}])`;
/** ASCII signs are excluded, because they stand in every text. */
export const SINGLE_SIGN_SOURCE = String.raw`(?![\0-\x7f])[\p{S}※§¶†‡‰]`;

const CLASSES: readonly (readonly [bit: number, pattern: RegExp])[] = [
  [KOREAN, new RegExp(`^${KOREAN_SOURCE}$`, 'u')],
  [LATIN, new RegExp(`^${LATIN_SOURCE}$`, 'u')],
  [SIGN, new RegExp(`^(?:${SINGLE_SIGN_SOURCE})$`, 'u')],
  [BLANK, /^\s$/u],
  [WORD, /^[\p{L}\p{N}\p{M}]$/u],
  [UNSEEN, /^\p{DI}$/u],
];

/** Filled in as units come; 0 is a unit that has not come yet. */
const TABLE = new Uint8Array(0x10000);

export function classOf(unit: number): number {
  const known = TABLE[unit]!;
  return known === 0 ? learned(unit) : known;
}

function learned(unit: number): number {
  const text = String.fromCharCode(unit);
  let found = KNOWN;
  for (const [bit, pattern] of CLASSES) if (pattern.test(text)) found |= bit;
  TABLE[unit] = found;
  return found;
}

export function hasSurrogates(text: string): boolean {
  return SURROGATE.test(text);
}

const SURROGATE = /[\ud800-\udfff]/;
