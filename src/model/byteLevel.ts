/** Byte-level BPE writes each byte of UTF-8 as one printable character. */

/** GPT-2's printable stand-ins for the 256 bytes (openai/gpt-2, encoder.py, `bytes_to_unicode`). */
const BYTE_NAMES: readonly string[] = (() => {
  const names: string[] = [];
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    names.push(String.fromCharCode(printable ? byte : next++));
  }
  return names;
})();
const encoder = new TextEncoder();

const BYTES: ReadonlyMap<string, number> = new Map(BYTE_NAMES.map((name, byte) => [name, byte]));
const decoder = new TextDecoder('utf-8');

/** The names of the bytes of the character that begins at `index`; empty for the second half of a pair. */
export function bytesOf(text: string, index: number): string[] {
  const unit = text.charCodeAt(index);
  if (unit >= 0xdc00 && unit <= 0xdfff) return [];
  return [...encoder.encode(String.fromCodePoint(text.codePointAt(index)!))].map(byte => BYTE_NAMES[byte]!);
}

/** The text of a piece; a character of which the piece holds only some bytes becomes U+FFFD. */
export function textOfPiece(piece: string): string {
  const bytes = Array.from(piece, name => BYTES.get(name));
  // Added tokens ([MASK]) are written as they are.
  if (bytes.some(byte => byte === undefined)) return piece;
  return decoder.decode(Uint8Array.from(bytes as number[]));
}
