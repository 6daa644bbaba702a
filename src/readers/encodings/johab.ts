/**
 * Johab (조합형, KS X 1001:1992 annex 3, code page 1361): a syllable is its three letters with five bits each. Symbols and
 * Hanja are those of KS X 1001 in other rows.
 */
import iconv from 'iconv-lite';

/** Maps the codes of letters to their numbers in Unicode's order; -1 where there is none. */
const INITIALS = codes([[2, 20]]);
const VOWELS = codes([
  [3, 7],
  [10, 15],
  [18, 23],
  [26, 29],
]);
const FINALS = codes([
  [2, 17],
  [19, 29],
]);
const [NO_INITIAL, NO_VOWEL, NO_FINAL] = [1, 2, 1];
/** Single letters, as Unicode encodes them for compatibility with older standards. */
const COMPATIBLE_INITIALS = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';
const COMPATIBLE_VOWELS = 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ';
const COMPATIBLE_FINALS = 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ';
const BROKEN = '\ufffd';

/** Bytes that are not Johab become a replacement character. */
export function decodeJohab(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      // The code page has the Won sign where ASCII has the backslash. Paths are written with it, as in CP949.
      parts.push(String.fromCharCode(lead));
      continue;
    }
    const trail = bytes[at + 1];
    const character = trail === undefined ? null : decodePair(lead, trail);
    parts.push(character ?? BROKEN);
    // A broken lead byte does not swallow a following byte that is ASCII.
    if (character !== null || (trail !== undefined && trail >= 0x80)) at++;
  }
  return parts.join('');
}

function decodePair(lead: number, trail: number): string | null {
  if (lead >= 0xd9 && lead <= 0xf9) return standardCharacter(lead, trail);
  const code = (lead << 8) | trail;
  const [initial, vowel, final] = [(code >> 10) & 31, (code >> 5) & 31, code & 31];
  const [i, v, f] = [INITIALS[initial]!, VOWELS[vowel]!, FINALS[final]!];
  if (i >= 0 && v >= 0 && (f >= 0 || final === NO_FINAL))
    return String.fromCharCode(0xac00 + (i * 21 + v) * 28 + (final === NO_FINAL ? 0 : f + 1));
  if (i >= 0 && vowel === NO_VOWEL && final === NO_FINAL) return COMPATIBLE_INITIALS[i]!;
  if (initial === NO_INITIAL && v >= 0 && final === NO_FINAL) return COMPATIBLE_VOWELS[v]!;
  if (initial === NO_INITIAL && vowel === NO_VOWEL && f >= 0) return COMPATIBLE_FINALS[f]!;
  return null;
}

/** One lead byte covers two rows of KS X 1001: symbols from 0xD9 on, Hanja from 0xE0 on. */
function standardCharacter(lead: number, trail: number): string | null {
  const isUpper = trail >= 0xa1;
  const column = isUpper ? trail - 0xa1 : trail <= 0x7e ? trail - 0x31 : trail - 0x43;
  if (column < 0 || (!isUpper && trail > 0x7e && trail < 0x91)) return null;
  const first = lead >= 0xe0 ? 0x4a + (lead - 0xe0) * 2 : 0x21 + (lead - 0xd9) * 2;
  const row = first + (isUpper ? 1 : 0);
  if (lead === 0xdf || row > 0x7d) return null;
  const character = iconv.decode(Buffer.of(row | 0x80, (column + 0x21) | 0x80), 'cp949');
  return character === BROKEN ? null : character;
}

function codes(ranges: readonly (readonly [first: number, last: number])[]): readonly number[] {
  const numbers = Array.from({ length: 32 }, () => -1);
  let next = 0;
  for (const [first, last] of ranges) for (let code = first; code <= last; code++) numbers[code] = next++;
  return numbers;
}

/** Fewer syllables tell nothing about the encoding. */
const MIN_SYLLABLES = 8;
/** At least this share of the syllables of a Korean text is among the 2,350 of KS X 1001. */
const COMMON_SHARE = 0.98;

/**
 * Whether bytes that could be CP949 are Johab: as Johab they are all syllables in use, while as CP949 they yield broken
 * places or many syllables that nobody writes.
 */
export function looksLikeJohab(bytes: Uint8Array, cp949: string): boolean {
  if (!cp949.includes(BROKEN) && commonShare(cp949) >= COMMON_SHARE) return false;
  const text = decodeJohab(bytes);
  const syllables = text.match(/[가-힣]/gu)?.length ?? 0;
  return syllables >= MIN_SYLLABLES && !text.includes(BROKEN) && commonShare(text) >= COMMON_SHARE;
}

function commonShare(text: string): number {
  const syllables = text.match(/[가-힣]/gu) ?? [];
  if (syllables.length === 0) return 1;
  const encoded = iconv.encode(syllables.join(''), 'cp949');
  let common = 0;
  for (let at = 0; at + 1 < encoded.length; at += 2)
    if (encoded[at]! >= 0xb0 && encoded[at + 1]! >= 0xa1) common++;
  return common / syllables.length;
}
