/**
 * Prepares a PDF for pdf.js. Disarms the parts whose few bytes make it fill the memory or never end: ranges of
 * characters that no font has, with an entry for each code, streams that unpack without end, damaged fonts, and drawings
 * that draw themselves. Renames glyphs that it does not know.
 */
import { disarmCff, isCff } from './cffFonts.ts';
import { disarmFont } from './fontMaps.ts';
import { disarmForms, drawsForms } from './forms.ts';
import { simplifyGlyphNames } from './glyphNames.ts';
import { contentOf, hasObjects, putIfItFits, setContent, streamsOf, type PdfStream } from './streams.ts';

/** Maximum number of codes of a range, and of all ranges of a character map: as many as there are characters. */
const MAX_RANGE = 0xffff;
/** pdf.js itself refuses larger ranges and keeps the entries before them. */
const REFUSED = 2 ** 24;
const MAX_CODES = 0x11_0000;
/** No character map, font or drawing of drawings is larger. */
const MAX_MAP = 16 * 1024 * 1024;
/** How a font without a header says what it is. */
const CFF = /\/(?:Type1C|CIDFontType0C)\b/u;

/** A copy of the file in which every object keeps its place. Throws `UnpacksTooLargeError`. */
export function withoutBombs(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const file = Buffer.from(copy.buffer);
  simplifyGlyphNames(file);
  disarmPictures(file);
  const drawing: PdfStream[] = [];
  const packed: PdfStream[] = [];
  for (const stream of streamsOf(file)) {
    const content = contentOf(stream);
    if (content === null || (stream.packings > 0 && content.length > MAX_MAP)) continue;
    disarmContent(stream, content);
    if (hasObjects(stream)) packed.push(stream);
    else if (drawsForms(stream, content)) drawing.push(stream);
  }
  disarmForms(file, drawing, packed);
  shortenWidths(file);
  return copy;
}

/**
 * Nothing is drawn, so no picture needs to be decoded: only a damaged document reads one as something else, and then the
 * decoder of these filters may never end. The new name has the same length, and pdf.js does not know it.
 */
function disarmPictures(file: Buffer): void {
  for (const filter of ['/JBIG2Decode', '/JPXDecode'])
    for (let at = file.indexOf(filter); at !== -1; at = file.indexOf(filter, at + filter.length))
      file.write('X', at + 1, 'latin1');
}

function disarmContent(stream: PdfStream, content: Buffer): void {
  // Where the simpler names do not fit, the stream stays as it is.
  if (stream.packings === 1 && hasObjects(stream) && simplifyGlyphNames(content))
    putIfItFits(stream, content);
  const isFont = isCff(content) || CFF.test(stream.dictionary);
  const isDisarmed = [isFont && disarmCff(content), disarmFont(content), disarm(content)];
  if (isDisarmed.includes(true)) setContent(stream, content);
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
