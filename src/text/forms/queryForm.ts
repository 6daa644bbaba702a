/**
 * The form in which query words are compared: NFKC and lower case as in the index (`normalize.ts`). It also
 * handles characters that only queries are likely to have: half-width and single conjoining jamo, and
 * invisible characters.
 */
import { isHangulWord } from '../jamo.ts';
import { normalizeForSearch } from '../normalize.ts';
import { hangulOf, keystrokesOf } from './typing/keystrokes.ts';

/**
 * Zero-width space and joiners, soft hyphen, byte order mark and Hangul fillers, which are pasted along but
 * never meant.
 */
const INVISIBLE = /[\u00ad\u115f\u1160\u200b-\u200d\u2060\u3164\ufeff\uffa0]/g;

/** Half-width jamo (U+FFA1-FFDC): NFKC maps them from compatibility jamo, in the same order with gaps. */
const HALF_WIDTH = /[\uffa1-\uffbe\uffc2-\uffc7\uffca-\uffcf\uffd2-\uffd7\uffda-\uffdc]/g;
/**
 * Modern conjoining jamo in canonical order: initials from U+1100, vowels from U+1161, finals from U+11A8
 * (Unicode Standard §3.12).
 */
const CONJOINING = /[\u1100-\u1112\u1161-\u1175\u11a8-\u11c2]/g;
const CONJOINED =
  'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ' +
  'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ' +
  'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';

/** The word in normal form; single jamo become compatibility jamo (ㅎ, not U+1112). */
export function queryFormOf(word: string): string {
  const wide = word.replace(INVISIBLE, '').replace(HALF_WIDTH, compatibilityJamo);
  return normalizeForSearch(wide).text.replace(CONJOINING, loneJamo);
}

/** The half-width block has the order of U+3131-3163, in rows of six from the vowels on. */
function compatibilityJamo(half: string): string {
  const unit = half.charCodeAt(0);
  if (unit <= 0xffbe) return String.fromCharCode(0x3131 + unit - 0xffa1);
  const row = (unit - 0xffc2) >> 3;
  return String.fromCharCode(0x314f + row * 6 + ((unit - 0xffc2) & 7));
}

function loneJamo(conjoining: string): string {
  const unit = conjoining.charCodeAt(0);
  if (unit <= 0x1112) return CONJOINED[unit - 0x1100]!;
  return unit <= 0x1175 ? CONJOINED[19 + unit - 0x1161]! : CONJOINED[40 + unit - 0x11a8]!;
}

const LOOSE_VOWEL = /[ㅏ-ㅣ]/;
const HANGUL_ONLY = /^[가-힣ㄱ-ㅣ]+$/;

/** Puts separate jamo together where they make whole syllables (ㅎㅗㅣㅇㅡㅣ -> 회의); null where they don't. */
export function composed(word: string): string | null {
  if (!LOOSE_VOWEL.test(word) || !HANGUL_ONLY.test(word)) return null;
  const text = hangulOf(keystrokesOf(word));
  return isHangulWord(text) ? text : null;
}
