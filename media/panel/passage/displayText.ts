import type { PassageText } from '../../../src/domain/passage.ts';
import type { TextRange } from '../../../src/domain/textRange.ts';
import type { MappedText } from '../../../src/text/normalize.ts';
import { plainTextOf } from '../../../src/text/plainText.ts';

/** A passage in displayable form, with a mapping back to offsets of the source text. */
export interface DisplayText {
  readonly text: string;
  /** Display offset of each UTF-16 offset of the source, 0..source length. Never decreases. */
  readonly offsets: Uint32Array;
}

/** Longer passages are cut: nobody reads them in a panel, and hostile ones must not stall it. */
export const LONGEST_PASSAGE = 20_000;

/**
 * The passage without its markup, on one line, or with line breaks if `breaks` is set. Nothing in it is ever
 * interpreted: the result is text.
 */
export function displayText({ text: source, markup }: PassageText, breaks: boolean): DisplayText {
  const written = source.slice(0, LONGEST_PASSAGE);
  const read = plainTextOf({ text: written, markup });
  // A passage that is nothing but markup (an image, a comment) is shown as it is written.
  const plain = read.text === '' ? asWritten(written) : read;
  const shown = collapsedText(plain.text, breaks);
  const offsets = new Uint32Array(source.length + 1);
  let at = 0;
  for (let offset = 0; offset <= source.length; offset++) {
    while (at < plain.text.length && plain.starts[at]! < offset) at++;
    offsets[offset] = shown.offsets[at]!;
  }
  return { text: shown.text, offsets };
}

function asWritten(text: string): MappedText {
  return { text, starts: Uint32Array.from({ length: text.length + 1 }, (_, i) => i) };
}

/**
 * Collapses every run of white space, control and invisible format characters into one space, or with `breaks` into one
 * line break where the run has one. Leading and trailing white space is removed.
 */
export function collapsedText(source: string, breaks: boolean): DisplayText {
  const { length } = source;
  const offsets = new Uint32Array(source.length + 1);
  const parts: string[] = [];
  let at = 0;
  let index = 0;
  while (index < length) {
    const end = blankEnd(source, index, length);
    if (end > index) {
      const run = source.slice(index, end);
      const visible = at > 0 && end < length && /\s/.test(run);
      offsets.fill(at, index, end);
      if (visible) {
        parts.push(breaks && /[\n\r\u2028\u2029]/.test(run) ? '\n' : ' ');
        // All offsets of the run except the first map to the far side of the remaining space.
        offsets.fill(at + 1, index + 1, end);
        at += 1;
      }
      index = end;
      continue;
    }
    const next = wordEnd(source, index, length);
    for (let offset = index; offset < next; offset++) offsets[offset] = at + offset - index;
    parts.push(source.slice(index, next));
    at += next - index;
    index = next;
  }
  offsets.fill(at, index);
  return { text: parts.join(''), offsets };
}

/** The range in the display text without blanks at its ends, or null if nothing of it is left to show. */
export function toDisplay(display: DisplayText, range: TextRange): TextRange | null {
  const last = display.offsets.length - 1;
  if (!(range.start >= 0) || !(range.end > range.start) || range.start >= last) return null;
  let start = display.offsets[Math.floor(range.start)]!;
  let end = display.offsets[Math.min(last, Math.floor(range.end))]!;
  while (start < end && isBlank(display.text.charCodeAt(start))) start++;
  while (end > start && isBlank(display.text.charCodeAt(end - 1))) end--;
  return end > start ? { start, end } : null;
}

/** The range of the source that a range of the display text came from. */
export function toSource(display: DisplayText, range: TextRange): TextRange {
  const end = sourceOffset(display.offsets, range.end);
  // The first of several source offsets may be an invisible character's: the last one is the word itself.
  const start = Math.max(0, sourceOffset(display.offsets, range.start + 1) - 1);
  return { start: Math.min(start, end), end };
}

/** The first source offset shown at or after a display offset. */
function sourceOffset(offsets: Uint32Array, shown: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < shown) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBlank(unit: number): boolean {
  return (
    unit <= 0x20 ||
    (unit >= 0x7f && unit <= 0xa0) ||
    unit === 0xad ||
    unit === 0x1680 ||
    // Spaces and the zero-width space; the joiners 200C and 200D stay, because they shape words and emoji.
    (unit >= 0x2000 && unit <= 0x200b) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    (unit >= 0x205f && unit <= 0x2064) ||
    unit === 0x3000 ||
    unit === 0xfeff
  );
}

function blankEnd(source: string, from: number, length: number): number {
  let at = from;
  while (at < length && isBlank(source.charCodeAt(at))) at++;
  return at;
}

function wordEnd(source: string, from: number, length: number): number {
  let at = from;
  while (at < length && !isBlank(source.charCodeAt(at))) at++;
  return at;
}
