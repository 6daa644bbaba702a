/** Splits RTF source into tokens (RTF 1.9.1, "Conventions of an RTF Reader"). */

export type RtfToken =
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'word'; readonly word: string; readonly value: number | null }
  | { readonly kind: 'byte'; readonly byte: number };

const [BACKSLASH, OPEN, CLOSE, CR, LF, SPACE, HYPHEN, QUOTE, STAR] = [92, 123, 125, 13, 10, 32, 45, 39, 42];
const OPENED: RtfToken = { kind: 'open' };
const CLOSED: RtfToken = { kind: 'close' };
/** `\bin` is followed by this many bytes, which are not text. */
const BINARY = 'bin';

export function* rtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!;
    if (byte === OPEN || byte === CLOSE) {
      yield byte === OPEN ? OPENED : CLOSED;
      at++;
    } else if (byte === CR || byte === LF) at++;
    else if (byte !== BACKSLASH) {
      yield { kind: 'byte', byte };
      at++;
    } else if (isLetter(bytes[at + 1])) {
      const { token, end } = controlWord(bytes, at + 1);
      yield token;
      at = token.word === BINARY ? end + Math.max(0, token.value ?? 0) : end;
    } else if (bytes[at + 1] === QUOTE) {
      const code = Number.parseInt(String.fromCharCode(bytes[at + 2] ?? 0, bytes[at + 3] ?? 0), 16);
      if (!Number.isNaN(code)) yield { kind: 'byte', byte: code };
      at += 4;
    } else {
      yield symbol(bytes[at + 1] ?? 0);
      at += 2;
    }
  }
}

function symbol(byte: number): RtfToken {
  if (byte === STAR) return { kind: 'word', word: '*', value: null };
  if (byte === CR || byte === LF) return { kind: 'word', word: 'par', value: null };
  if (byte === BACKSLASH || byte === OPEN || byte === CLOSE) return { kind: 'byte', byte };
  return { kind: 'word', word: String.fromCharCode(byte), value: null };
}

function controlWord(
  bytes: Uint8Array,
  start: number,
): { readonly token: Extract<RtfToken, { kind: 'word' }>; readonly end: number } {
  let at = start;
  while (at - start < 32 && isLetter(bytes[at])) at++;
  const word = String.fromCharCode(...bytes.subarray(start, at));
  const digits = bytes[at] === HYPHEN ? at + 1 : at;
  let end = digits;
  while (end - digits < 10 && isDigit(bytes[end])) end++;
  const hasValue = end > digits;
  const value = hasValue ? Number(String.fromCharCode(...bytes.subarray(at, end))) : null;
  if (hasValue) at = end;
  // One blank after a word belongs to it.
  return { token: { kind: 'word', word, value }, end: bytes[at] === SPACE ? at + 1 : at };
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}
