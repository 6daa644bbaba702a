/** Hangul syllables and their letters (compatibility jamo, U+3131-3163, which people type and see). */

/** Initials in the order of the Unicode Standard §3.12, "Conjoining Jamo Behavior". */
export const INITIALS: readonly string[] = Array.from('ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ');
export const VOWELS: readonly string[] = Array.from('ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ');
/** Finals in the same order; the first means "no final". */
export const FINALS: readonly string[] = [
  '',
  ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'.split(''),
];

const FIRST = 0xac00;
const LAST = 0xd7a3;

export interface Syllable {
  readonly initial: string;
  readonly vowel: string;
  /** The final; empty where there is none. */
  readonly final: string;
}

/** Whether a UTF-16 unit is a whole Hangul syllable. */
export function isSyllable(unit: number): boolean {
  return unit >= FIRST && unit <= LAST;
}

/** Indices into `INITIALS`, `VOWELS` and `FINALS` of a syllable's unit. */
export function indicesOf(unit: number): readonly [initial: number, vowel: number, final: number] {
  const index = unit - FIRST;
  return [Math.floor(index / 588), Math.floor((index % 588) / 28), index % 28];
}

/** The letters of the text's first syllable; null if the text begins with anything else. */
export function syllableOf(text: string | undefined): Syllable | null {
  const unit = text?.charCodeAt(0) ?? 0;
  if (!isSyllable(unit)) return null;
  const [initial, vowel, final] = indicesOf(unit);
  return { initial: INITIALS[initial]!, vowel: VOWELS[vowel]!, final: FINALS[final]! };
}

/** The syllable of these letters; null where they make none (ㄸ as a final, a vowel as an initial). */
export function syllableFrom(initial: string, vowel: string, final = ''): string | null {
  const i = INITIALS.indexOf(initial);
  const v = VOWELS.indexOf(vowel);
  const f = FINALS.indexOf(final);
  return i < 0 || v < 0 || f < 0 ? null : String.fromCharCode(FIRST + i * 588 + v * 28 + f);
}

/** The word with another final in its last syllable; null if it does not end in a syllable. */
export function withFinal(word: string, final: string): string | null {
  const last = syllableOf(word.at(-1));
  const changed = last === null ? null : syllableFrom(last.initial, last.vowel, final);
  return changed === null ? null : word.slice(0, -1) + changed;
}

const HANGUL_WORD = /^[가-힣]+$/;

/** Whether a word consists of Hangul syllables only. */
export function isHangulWord(word: string): boolean {
  return HANGUL_WORD.test(word);
}
