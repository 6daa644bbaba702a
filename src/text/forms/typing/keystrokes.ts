/**
 * Hangul as keys of the 두벌식 keyboard (KS X 5002): 회의 is `ghldml`, 꽈 is `Rhk`.
 *
 * A keystroke is one Latin letter, in upper case with Shift, so that "typed so far", "typed on the wrong
 * layout" and "one key wrong" become plain comparisons of strings.
 */
import { FINALS, indicesOf, INITIALS, isSyllable, syllableFrom, VOWELS } from '../../jamo.ts';

const KEYS: Readonly<Record<string, string>> = {
  ㄱ: 'r', ㄲ: 'R', ㄴ: 's', ㄷ: 'e', ㄸ: 'E', ㄹ: 'f', ㅁ: 'a', ㅂ: 'q', ㅃ: 'Q', ㅅ: 't', ㅆ: 'T', ㅇ: 'd',
  ㅈ: 'w', ㅉ: 'W', ㅊ: 'c', ㅋ: 'z', ㅌ: 'x', ㅍ: 'v', ㅎ: 'g',
  ㅏ: 'k', ㅐ: 'o', ㅑ: 'i', ㅒ: 'O', ㅓ: 'j', ㅔ: 'p', ㅕ: 'u', ㅖ: 'P', ㅗ: 'h', ㅛ: 'y', ㅜ: 'n', ㅠ: 'b',
  ㅡ: 'm', ㅣ: 'l',
  ㅘ: 'hk', ㅙ: 'ho', ㅚ: 'hl', ㅝ: 'nj', ㅞ: 'np', ㅟ: 'nl', ㅢ: 'ml',
  ㄳ: 'rt', ㄵ: 'sw', ㄶ: 'sg', ㄺ: 'fr', ㄻ: 'fa', ㄼ: 'fq', ㄽ: 'ft', ㄾ: 'fx', ㄿ: 'fv', ㅀ: 'fg', ㅄ: 'qt',
}; // prettier-ignore

const JAMO: ReadonlyMap<string, string> = new Map(Object.entries(KEYS).map(([jamo, keys]) => [keys, jamo]));
const INITIAL_KEYS = INITIALS.map(jamo => KEYS[jamo]!);
const VOWEL_KEYS = VOWELS.map(jamo => KEYS[jamo]!);
const FINAL_KEYS = FINALS.map(jamo => KEYS[jamo] ?? '');

/** The keys that type a text. Characters that are not Hangul stay as they are. */
export function keystrokesOf(text: string): string {
  let keys = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isSyllable(unit)) {
      const [initial, vowel, final] = indicesOf(unit);
      keys += INITIAL_KEYS[initial]! + VOWEL_KEYS[vowel]! + FINAL_KEYS[final]!;
    } else keys += KEYS[text[i]!] ?? text[i]!;
  }
  return keys;
}

/**
 * The text that these keys type on the 두벌식 layout. Letters without a key stay as they are; a Shift without
 * effect is ignored.
 */
export function hangulOf(keys: string): string {
  const units = [...keys].map(key => JAMO.get(key) ?? JAMO.get(key.toLowerCase()) ?? key);
  const isVowel = (at: number): boolean => VOWELS.includes(units[at] ?? '');
  let text = '';
  for (let at = 0; at < units.length;) {
    const first = units[at]!;
    if (!isVowel(at) && !(INITIALS.includes(first) && isVowel(at + 1))) {
      text += first;
      at++;
      continue;
    }
    const initial = isVowel(at) ? null : first;
    if (initial !== null) at++;
    const pair = isVowel(at + 1) ? joined(units[at]!, units[at + 1]!) : null;
    const vowel = pair ?? units[at]!;
    at += pair === null ? 1 : 2;
    if (initial === null) {
      text += vowel;
      continue;
    }
    // A consonant before a vowel begins the next syllable.
    let final = '';
    const closes = (place: number): boolean => FINALS.includes(units[place] ?? ' ') && !isVowel(place + 1);
    if (closes(at)) {
      const cluster = closes(at + 1) ? joined(units[at]!, units[at + 1]!) : null;
      final = cluster ?? units[at]!;
      at += cluster === null ? 1 : 2;
    }
    text += syllableFrom(initial, vowel, final)!;
  }
  return text;
}

function joined(first: string, second: string): string | null {
  const keys = (KEYS[first] ?? '') + (KEYS[second] ?? '');
  return keys.length === 2 ? (JAMO.get(keys) ?? null) : null;
}
