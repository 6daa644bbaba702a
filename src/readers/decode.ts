/** Bytes of a text file -> text. UTF-8 first, then the Korean Windows code page; never a silent guess. */
import iconv from 'iconv-lite';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp949';

export type Decoded =
  | { readonly text: string; readonly encoding: Encoding; readonly replaced: number }
  | { readonly problem: 'binary' | 'badEncoding' };

/** A file with a larger share of undecodable bytes is not text in any encoding we know. */
const MAX_BROKEN_SHARE = 0.05;
/** A little damage in a UTF-8 file does not make it CP949. */
const FEW_BROKEN_SHARE = 0.005;

/** The text has no byte order mark: offsets in it are offsets in the editor. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  const head = bytes.subarray(0, 8192);
  if (head.includes(0)) {
    const guess = utf16WithoutMark(head);
    return guess === null ? { problem: 'binary' } : utf16(bytes, guess);
  }
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  const broken = countOf(utf8, '\ufffd') - countOf3(bytes);
  if (broken <= 0) return { text: utf8, encoding: 'utf-8', replaced: 0 };
  if (broken <= utf8.length * FEW_BROKEN_SHARE) return { text: utf8, encoding: 'utf-8', replaced: broken };
  // TextDecoder('euc-kr') loses syllables outside KS X 1001 (똠, 펲) without an error; iconv-lite knows them.
  const cp949 = iconv.decode(bytes, 'cp949');
  const wrong = countOf(cp949, '\ufffd');
  if (wrong <= cp949.length * FEW_BROKEN_SHARE && !CONTROL.test(cp949))
    return { text: cp949, encoding: 'cp949', replaced: wrong };
  if (broken <= utf8.length * MAX_BROKEN_SHARE) return { text: utf8, encoding: 'utf-8', replaced: broken };
  return { problem: CONTROL.test(utf8) ? 'binary' : 'badEncoding' };
}

/** Control characters that no text has. */
// oxlint-disable-next-line no-control-regex -- they are what we look for
const CONTROL = /[\x01-\x08\x0e-\x1a\x1c-\x1f]/;

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  const replaced = countOf(text, '\ufffd');
  if (replaced > text.length * MAX_BROKEN_SHARE || text.includes('\0')) return { problem: 'binary' };
  return { text, encoding, replaced };
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
  if (even === 0 && odd > 0 && plausible(head, 'utf-16le')) return 'utf-16le';
  if (odd === 0 && even > 0 && plausible(head, 'utf-16be')) return 'utf-16be';
  return null;
}

function plausible(head: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): boolean {
  const text = new TextDecoder(encoding).decode(head);
  return !CONTROL.test(text) && !text.slice(0, -1).includes('\ufffd');
}

function countOf(text: string, unit: string): number {
  let count = 0;
  for (let at = text.indexOf(unit); at !== -1; at = text.indexOf(unit, at + 1)) count++;
  return count;
}

/** Replacement characters that stand in the file itself, properly encoded (EF BF BD). */
function countOf3(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0xef); at !== -1; at = bytes.indexOf(0xef, at + 1))
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++;
  return count;
}
