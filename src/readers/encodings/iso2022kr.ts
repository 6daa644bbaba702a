/** ISO-2022-KR (RFC 1557): seven bits a byte, Korean between shift-out and shift-in. Old e-mail and news. */
import iconv from 'iconv-lite';

const DESIGNATOR = Buffer.of(0x1b, 0x24, 0x29, 0x43);
const [SHIFT_OUT, SHIFT_IN] = [0x0e, 0x0f];
/** The escape sequence stands at the beginning of a line, before any Korean. */
const HEAD = 8_192;

export function looksLikeIso2022Kr(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEAD, bytes.byteLength));
  return head.includes(DESIGNATOR) && head.every(byte => byte < 0x80);
}

export function decodeIso2022Kr(bytes: Uint8Array): string {
  const plain = Buffer.alloc(bytes.length);
  let length = 0;
  let isShifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === DESIGNATOR[0] && DESIGNATOR.every((expected, i) => bytes[at + i] === expected)) at += 3;
    else if (byte === SHIFT_OUT) isShifted = true;
    else if (byte === SHIFT_IN) isShifted = false;
    else {
      // Every line begins unshifted, even if the line before forgot to shift in.
      if (byte === 0x0a) isShifted = false;
      plain[length++] = isShifted && byte > 0x20 ? byte | 0x80 : byte;
    }
  }
  return iconv.decode(plain.subarray(0, length), 'cp949');
}
