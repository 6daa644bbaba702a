/** UTF-32, with or without its byte order mark. */

export type Utf32 = 'utf-32le' | 'utf-32be';

/** Null where the bytes are not UTF-32. `mark`: number of bytes before the text. */
export function utf32Of(bytes: Uint8Array): { readonly encoding: Utf32; readonly mark: 0 | 4 } | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0 && bytes.length > 4)
    return { encoding: 'utf-32le', mark: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', mark: 4 };
  const head = bytes.subarray(0, 8_192);
  if (head.length < 8 || bytes.length % 4 !== 0) return null;
  if (isPlausible(head, 3, 2)) return { encoding: 'utf-32le', mark: 0 };
  return isPlausible(head, 0, 1) ? { encoding: 'utf-32be', mark: 0 } : null;
}

/**
 * No character is above U+10FFFF: in each group of four, one byte is zero and the next at most 16. No group is all
 * zeros.
 */
function isPlausible(head: Uint8Array, zero: number, small: number): boolean {
  for (let at = 0; at + 4 <= head.length; at += 4) {
    if (head[at + zero] !== 0 || head[at + small]! > 0x10) return false;
    if (head.subarray(at, at + 4).every(byte => byte === 0)) return false;
  }
  return true;
}

/** A code above U+10FFFF, or half of a surrogate pair, becomes a replacement character. */
export function decodeUtf32(bytes: Uint8Array, encoding: Utf32): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const code = at + 4 <= bytes.length ? view.getUint32(at, encoding === 'utf-32le') : 0xffffffff;
    const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    parts.push(isCharacter ? String.fromCodePoint(code) : '\ufffd');
  }
  return parts.join('');
}
