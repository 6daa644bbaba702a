/**
 * What a few bytes of a PDF make pdf.js fill the memory with: ranges of characters that no font has, an entry for each
 * code of them, and streams that unpack without end.
 */
import { constants, deflateSync, inflateRawSync } from 'node:zlib';
import { disarmFont } from './fontMaps.ts';
import { UnpacksTooLargeError } from '../zip/unpackBudget.ts';

/** Codes of a range, and of all ranges of a character map: as many as there are characters. */
const MAX_RANGE = 0xffff;
/** pdf.js itself refuses larger ones, and keeps what stands before them. */
const REFUSED = 2 ** 24;
const MAX_CODES = 0x11_0000;
/** No character map is larger. */
const MAX_MAP = 16 * 1024 * 1024;
/** Of one stream: a drawing may have tens of megabytes of lines. */
const MAX_UNPACKED = 128 * 1024 * 1024;
/** Packed again and again: so often at most. */
const MAX_FILTERS = 4;
/** A stream's dictionary is not longer, as far as it matters here. */
const DICTIONARY = 2_048;
/** zlib's way to write nothing. */
const NOTHING = Buffer.of(0x78, 0x01, 0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 1);

const [STREAM, ENDSTREAM] = ['stream', 'endstream'];

interface PdfStream {
  readonly data: Buffer;
  /** How often it is packed by zlib. */
  readonly packings: number;
}

/** A copy of the file; every object stays where it is. Throws `UnpacksTooLargeError`. */
export function withoutBombs(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const file = Buffer.from(copy.buffer);
  for (const { data, packings } of streamsOf(file)) {
    if (packings === 0) disarmed(data);
    else disarmPacked(data, packings);
  }
  shortenWidths(file);
  return copy;
}

/** All but pictures, which are never unpacked. */
function* streamsOf(file: Buffer): Generator<PdfStream> {
  for (let at = file.indexOf(STREAM); at !== -1;) {
    const start = at + STREAM.length + (file[at + STREAM.length] === 13 ? 2 : 1);
    const before = file.toString('latin1', Math.max(0, at - DICTIONARY), at);
    const dictionary = before.slice(Math.max(0, before.lastIndexOf(' obj')));
    const found = file.indexOf(ENDSTREAM, start);
    const length = Number(/\/Length\s+(\d{1,10})\b(?!\s+\d+\s+R)/u.exec(dictionary)?.[1] ?? 0);
    const end = Math.min(file.length, Math.max(found === -1 ? file.length : found, start + length));
    const packings = dictionary.match(/\/Fl(?:ateDecode)?\b/gu)?.length ?? 0;
    const isPicture = /\/Subtype\s*\/Image\b/u.test(dictionary);
    if (!isPicture) yield { data: file.subarray(start, end), packings: Math.min(MAX_FILTERS, packings) };
    at = found === -1 ? -1 : file.indexOf(STREAM, found + ENDSTREAM.length);
  }
}

function disarmPacked(data: Buffer, packings: number): void {
  let text: Buffer | null = data;
  for (let i = 0; i < packings && text !== null; i++) text = unpacked(text);
  if (text === null || text.length > MAX_MAP || !disarmed(text)) return;
  const again = packings === 1 ? deflateSync(text, { level: 9 }) : NOTHING;
  const fits = again.length <= data.length ? again : NOTHING;
  data.fill(0);
  data.set(fits.subarray(0, data.length));
}

/** Null where it is broken: it is not known then what pdf.js makes of it, but it is no more than this. */
function unpacked(data: Buffer): Buffer | null {
  try {
    return inflateRawSync(data.subarray(2), {
      maxOutputLength: MAX_UNPACKED,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new UnpacksTooLargeError('a stream');
    return null;
  }
}

/** Whether something was taken out. */
function disarmed(text: Buffer): boolean {
  return disarmFont(text) || disarm(text);
}

/** Whether there was a range to disarm: its block's first word is made one that says nothing. */
function disarm(text: Buffer): boolean {
  let codes = 0;
  let isChanged = false;
  for (const kind of ['bfrange', 'cidrange']) {
    const begin = `begin${kind}`;
    for (let at = text.indexOf(begin); at !== -1; at = text.indexOf(begin, at + begin.length)) {
      const start = at + begin.length;
      const end = text.indexOf('end', start);
      const block = codesOf(text.toString('latin1', start, end === -1 ? text.length : end));
      codes += block.all;
      if (block.largest <= MAX_RANGE && codes <= MAX_CODES) continue;
      text.fill('x', at, start);
      isChanged = true;
    }
  }
  return isChanged;
}

const TOKEN = /<[^<>]*>|\[[^\]]*\]?|\((?:\\.|[^\\)])*\)?|[^\s<>[\]()]+/gsu;

/** Codes that the ranges of a block hold: each is two strings and what they are mapped to. */
function codesOf(block: string): { readonly largest: number; readonly all: number } {
  let largest = 0;
  let all = 0;
  let low: string | null = null;
  let high: string | null = null;
  for (const [token] of block.matchAll(TOKEN)) {
    if (low === null) low = token;
    else if (high === null) high = token;
    else {
      // An array maps as many codes as it has.
      const codes = token.startsWith('[') ? 0 : codeOf(high) - codeOf(low);
      if (codes > 0 && codes < REFUSED) {
        largest = Math.max(largest, codes);
        all += codes;
      }
      [low, high] = [null, null];
    }
  }
  return { largest, all };
}

/** The last four bytes count. */
function codeOf(token: string): number {
  const hex = token.startsWith('(')
    ? Buffer.from(token.slice(1, -1), 'latin1').toString('hex')
    : token.replace(/[^\da-f]/giu, '');
  const even = hex.length % 2 === 1 ? `${hex}0` : hex;
  return Number.parseInt(even.slice(-8), 16) || 0;
}

/** More than the widths of any font. */
const MAX_WIDTHS = 1024 * 1024;

/** Of a font's widths, `first last width`: numbers of more digits than any code has are made 0. */
function shortenWidths(file: Buffer): void {
  for (let at = file.indexOf('/W'); at !== -1; at = file.indexOf('/W', at + 2)) {
    if (!/^\/W2?\s*\[/u.test(file.toString('latin1', at, at + 16))) continue;
    const numbers = /^\/W2?[\s\d.[\]+R-]*/u.exec(file.toString('latin1', at, at + MAX_WIDTHS))![0];
    const widths = numbers.slice(0, endOfArray(numbers));
    const shortened = widths.replace(/(?<![.\d])\d{6,}/gu, digits => '0'.repeat(digits.length));
    if (shortened !== widths) file.write(shortened, at, 'latin1');
  }
}

function endOfArray(text: string): number {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]]/gu)) {
    depth += bracket === '[' ? 1 : -1;
    if (depth === 0) return index + 1;
  }
  return text.length;
}
