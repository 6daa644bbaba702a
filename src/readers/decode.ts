/** Decodes the bytes of a text file: as UTF-8 first, then as the Korean Windows code page; never by a silent guess. */
import iconv from 'iconv-lite';
import { decodeIso2022Kr, looksLikeIso2022Kr } from './encodings/iso2022kr.ts';
import { decodeJohab, looksLikeJohab } from './encodings/johab.ts';
import type { Encoding } from './encodings/names.ts';
import { decodeUtf32, utf32Of } from './encodings/utf32.ts';

export type { Encoding };

/**
 * `replaced`: number of places that could not be decoded; each is one or more replacement characters (U+FFFD) in the
 * text.
 */
export type Decoded =
  | { readonly text: string; readonly encoding: Encoding; readonly replaced: number }
  | { readonly problem: 'binary' | 'badEncoding' };

/** With less damage than this, no other encoding is tried. */
const FEW_BROKEN_SHARE = 0.005;
/** A file that loses more than this is not text in any encoding we know. */
const MAX_BROKEN_SHARE = 0.5;
/** Control characters never stand in text. Up to this share they count as damage; beyond it the file is not text. */
const MAX_CONTROL_SHARE = 0.02;

/**
 * The text has no byte order mark, so its offsets are those of the editor. `forced` is the encoding that a person
 * named; without it the encoding is detected, and never guessed from a text that gives no evidence.
 */
export function decodeText(bytes: Uint8Array, forced?: Encoding): Decoded {
  if (forced !== undefined) return decodeForced(bytes, forced);
  const utf32 = utf32Of(bytes);
  if (utf32 !== null) {
    const text = decodeUtf32(bytes.subarray(utf32.mark), utf32.encoding);
    return damaged(text, utf32.encoding, brokenPlaces(text));
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  const head = bytes.subarray(0, 8192);
  if (head.includes(0)) {
    const guess = utf16WithoutMark(head);
    if (guess !== null) return utf16(bytes, guess);
  }
  if (looksLikeIso2022Kr(bytes)) {
    const text = decodeIso2022Kr(bytes);
    return damaged(text, 'iso-2022-kr', brokenPlaces(text));
  }
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  const broken = brokenPlaces(utf8) - ownReplacements(bytes);
  if (broken <= 0 && !utf8.includes('\0')) return { text: utf8, encoding: 'utf-8', replaced: 0 };
  if (broken <= utf8.length * FEW_BROKEN_SHARE) return damaged(utf8, 'utf-8', broken);
  // TextDecoder('euc-kr') loses syllables outside KS X 1001 (똠, 펲) without an error; iconv-lite knows them.
  const cp949 = iconv.decode(bytes, 'cp949');
  const isUtf8 = lettersOf(utf8, HANGUL) >= lostUnits(utf8);
  if (!isUtf8 && looksLikeJohab(bytes, cp949))
    return { text: decodeJohab(bytes), encoding: 'johab', replaced: 0 };
  if (!isUtf8 && !cp949.includes('\ufffd') && !CONTROL.test(cp949))
    return { text: cp949, encoding: 'cp949', replaced: 0 };
  const lines = decodeLines(bytes);
  return damaged(lines, 'utf-8', brokenPlaces(lines));
}

/** The person chose the encoding: bytes that do not fit it are lost and counted, but the file is read as text. */
function decodeForced(bytes: Uint8Array, encoding: Encoding): Decoded {
  const text = withoutMark(decodeAs(bytes, encoding)).replace(ZEROS, '\ufffd');
  const own = encoding === 'utf-8' ? ownReplacements(bytes) : 0;
  return { text, encoding, replaced: Math.max(0, brokenPlaces(text) - own) };
}

function decodeAs(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'utf-8' || encoding === 'utf-16le' || encoding === 'utf-16be')
    return new TextDecoder(encoding).decode(bytes);
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeUtf32(bytes, encoding);
  if (encoding === 'johab') return decodeJohab(bytes);
  if (encoding === 'iso-2022-kr') return decodeIso2022Kr(bytes);
  return iconv.decode(Buffer.from(bytes), encoding.replace(/^other:/u, ''));
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** The readable part of a damaged text, or the reason why it is not text. A zero byte is damage like any other. */
function damaged(text: string, encoding: Encoding, broken: number): Decoded {
  const controls = text.match(ALL_CONTROLS)?.length ?? 0;
  if (controls > Math.max(1, text.length * MAX_CONTROL_SHARE)) return { problem: 'binary' };
  if (lostUnits(text) > text.length * MAX_BROKEN_SHARE) return { problem: 'badEncoding' };
  const zeros = text.match(ZEROS)?.length ?? 0;
  return { text: text.replaceAll('\0', '\ufffd'), encoding, replaced: Math.max(0, broken) + zeros };
}

/**
 * Decodes each line in its own encoding, for notes that several programs wrote to. A line ends in the same byte in both
 * encodings, and that byte is part of no other character.
 */
function decodeLines(bytes: Uint8Array): string {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  const first = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let at = first; at < bytes.length;) {
    const newline = bytes.indexOf(10, at);
    const end = newline === -1 ? bytes.length : newline + 1;
    const line = bytes.subarray(at, end);
    const text = utf8.decode(line);
    parts.push(text.includes('\ufffd') ? betterOf(text, line) : text);
    at = end;
  }
  return parts.join('');
}

/**
 * A line that is not UTF-8 is decoded as CP949 where that turns all of it into Korean, or more of it than UTF-8 does.
 */
function betterOf(utf8: string, line: Uint8Array): string {
  const cp949 = iconv.decode(line, 'cp949');
  if (CONTROL.test(cp949)) return utf8;
  const isWhole = !cp949.includes('\ufffd') && !HAN_OR_KANA.test(cp949);
  const lostMore = lostUnits(cp949) * utf8.length < lostUnits(utf8) * cp949.length;
  return isWhole || (lostMore && lettersOf(cp949, HANGUL) > lettersOf(utf8, HANGUL)) ? cp949 : utf8;
}

const HANGUL = /[가-힣]/g;
const HANGUL_OR_ASCII = /[가-힣\t\n\r -~]/g;
/** Characters that damaged UTF-8 looks like when it is decoded as CP949. */
const HAN_OR_KANA = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;

function lettersOf(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}

/** Control characters that no text has. */
// oxlint-disable-next-line no-control-regex -- they are what we look for
const CONTROL = /[\x01-\x08\x0e-\x1a\x1c-\x1f]/;
/** A run of zeros counts once: a crash may leave one at the end of a file. */
// oxlint-disable-next-line no-control-regex -- likewise
const ALL_CONTROLS = /\0+|[\x01-\x08\x0e-\x1a\x1c-\x1f]/g;
// oxlint-disable-next-line no-control-regex -- likewise
const ZEROS = /\0+/g;

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return damaged(text, encoding, brokenPlaces(text));
}

/** Without a mark, UTF-16 shows itself by zero bytes of ASCII in every second place only. */
function utf16WithoutMark(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let even = 0;
  let odd = 0;
  head.forEach((byte, i) => {
    if (byte !== 0) return;
    if (i % 2 === 0) even++;
    else odd++;
  });
  if (head.length % 2 !== 0) return null;
  // A stray zero byte in a text of another encoding: the rest of the head tells which.
  if (even + odd < head.length * FEW_ZEROS_SHARE && !isBroken(head)) return null;
  if (even === 0 && odd > 0 && plausible(head, 'utf-16le')) return 'utf-16le';
  if (odd === 0 && even > 0 && plausible(head, 'utf-16be')) return 'utf-16be';
  // 가 is U+AC00, so its zero byte stands in the other places.
  if (odd > 0 && isKorean(head, 'utf-16le')) return 'utf-16le';
  return even > 0 && isKorean(head, 'utf-16be') ? 'utf-16be' : null;
}

/** At least this share of a Korean text is Hangul or ASCII; bytes read in the wrong order yield far less. */
const KOREAN_SHARE = 0.9;

function isKorean(head: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): boolean {
  const text = new TextDecoder(encoding).decode(head);
  return plausible(head, encoding) && lettersOf(text, HANGUL_OR_ASCII) >= text.length * KOREAN_SHARE;
}

const FEW_ZEROS_SHARE = 0.05;

/** Whether the bytes are not UTF-8, a character that is cut off at the end aside. */
function isBroken(head: Uint8Array): boolean {
  return new TextDecoder('utf-8').decode(head, { stream: true }).includes('\ufffd');
}

function plausible(head: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): boolean {
  const text = new TextDecoder(encoding).decode(head);
  return !CONTROL.test(text) && !text.slice(0, -1).includes('\ufffd');
}

/** Number of runs of replacement characters: adjacent bytes count as one place. */
function brokenPlaces(text: string): number {
  return text.match(/\ufffd+/g)?.length ?? 0;
}

function lostUnits(text: string): number {
  return text.match(/\ufffd/g)?.length ?? 0;
}

/** Number of runs of replacement characters that the file itself contains, properly encoded (EF BF BD). */
function ownReplacements(bytes: Uint8Array): number {
  let count = 0;
  let last = -1;
  for (let at = bytes.indexOf(0xef); at !== -1; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] !== 0xbf || bytes[at + 2] !== 0xbd) continue;
    if (last !== at - 3) count++;
    last = at;
  }
  return count;
}
