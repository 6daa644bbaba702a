/**
 * Prepares a PDF for pdf.js. Disarms the parts whose few bytes make it fill the memory: ranges of characters that no
 * font has, with an entry for each code, and streams that unpack without end. Renames glyphs that it does not know.
 */
import { constants, deflateSync, inflateRawSync } from 'node:zlib';
import { disarmFont } from './fontMaps.ts';
import { simplifyGlyphNames } from './glyphNames.ts';
import { UnpacksTooLargeError } from '../zip/unpackBudget.ts';

/** Maximum number of codes of a range, and of all ranges of a character map: as many as there are characters. */
const MAX_RANGE = 0xffff;
/** pdf.js itself refuses larger ranges and keeps the entries before them. */
const REFUSED = 2 ** 24;
const MAX_CODES = 0x11_0000;
/** No character map is larger. */
const MAX_MAP = 16 * 1024 * 1024;
/** Maximum size of one stream: a drawing may have tens of megabytes of lines. */
const MAX_UNPACKED = 128 * 1024 * 1024;
/** Maximum number of times a stream may be packed. */
const MAX_FILTERS = 4;
/** No relevant part of a stream's dictionary lies further away. */
const DICTIONARY = 2_048;
/** The zlib encoding of empty data. */
const NOTHING = Buffer.of(0x78, 0x01, 0x01, 0, 0, 0xff, 0xff, 0, 0, 0, 1);

const [STREAM, ENDSTREAM] = ['stream', 'endstream'];

interface PdfStream {
  readonly data: Buffer;
  /** How many times it is packed by zlib. */
  readonly packings: number;
  /** It holds objects of the file, such as fonts' encodings. */
  readonly hasObjects: boolean;
}

/** A copy of the file in which every object keeps its place. Throws `UnpacksTooLargeError`. */
export function withoutBombs(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const file = Buffer.from(copy.buffer);
  simplifyGlyphNames(file);
  for (const stream of streamsOf(file)) {
    if (stream.packings === 0) disarmed(stream.data);
    else disarmPacked(stream);
  }
  shortenWidths(file);
  return copy;
}

/** All streams except pictures, which are never unpacked. */
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
    const hasObjects = /\/Type\s*\/ObjStm\b/u.test(dictionary);
    if (!isPicture)
      yield { data: file.subarray(start, end), packings: Math.min(MAX_FILTERS, packings), hasObjects };
    at = found === -1 ? -1 : file.indexOf(STREAM, found + ENDSTREAM.length);
  }
}

function disarmPacked({ data, packings, hasObjects }: PdfStream): void {
  let text: Buffer | null = data;
  for (let i = 0; i < packings && text !== null; i++) text = unpacked(text);
  if (text === null || text.length > MAX_MAP) return;
  // Where the simpler names do not fit, the stream stays as it is.
  if (hasObjects && packings === 1 && simplifyGlyphNames(text)) repack(data, text, null);
  if (disarmed(text)) repack(data, packings === 1 ? text : null, NOTHING);
}

/** Packs a text into the place of a stream; `otherwise` takes the place where it does not fit. */
function repack(data: Buffer, text: Buffer | null, otherwise: Buffer | null): void {
  const again = text === null ? null : deflateSync(text, { level: 9 });
  const fits = again !== null && again.length <= data.length ? again : otherwise;
  if (fits === null) return;
  data.fill(0);
  data.set(fits.subarray(0, data.length));
}

/** Null where the data are broken: what pdf.js makes of them is unknown, but never larger than this. */
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

/** Whether something was removed. */
function disarmed(text: Buffer): boolean {
  return disarmFont(text) || disarm(text);
}

/** Whether there was a range to disarm; the first word of its block becomes one without meaning. */
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

/** Number of codes in the ranges of a block; each range is two strings and their target. */
function codesOf(block: string): { readonly largest: number; readonly all: number } {
  let largest = 0;
  let all = 0;
  let low: string | null = null;
  let high: string | null = null;
  for (const [token] of block.matchAll(TOKEN)) {
    if (low === null) low = token;
    else if (high === null) high = token;
    else {
      // An array maps only as many codes as it has elements.
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

/** Only the last four bytes count. */
function codeOf(token: string): number {
  const hex = token.startsWith('(')
    ? Buffer.from(token.slice(1, -1), 'latin1').toString('hex')
    : token.replace(/[^\da-f]/giu, '');
  const even = hex.length % 2 === 1 ? `${hex}0` : hex;
  return Number.parseInt(even.slice(-8), 16) || 0;
}

/** No font has more widths. */
const MAX_WIDTHS = 1024 * 1024;

/** In a font's widths, `first last width`, numbers with more digits than any code become 0. */
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
