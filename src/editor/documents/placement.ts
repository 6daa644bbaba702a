/**
 * Locates a passage in an open document. The engine counts in the file's decoded text; the editor has dropped the byte
 * order mark and unified line ends, and the user may have typed since. So a place counts only where the document's text
 * really is the passage's text.
 */
import type { TextRange } from '../../domain/textRange.ts';

export interface PassageText {
  /** Zero-based line and UTF-16 column where the passage starts, as the engine saw the file. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** A found passage: `start` and `end` are UTF-16 offsets in the document, `toDocument` maps ranges. */
export interface Placement {
  readonly start: number;
  readonly end: number;
  /** Maps a range of the passage's text to document offsets; null if it is outside the passage. */
  toDocument(range: TextRange): TextRange | null;
}

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = /\r\n|\r|\n/g;

/** Null where the passage is not in the document (any more). */
export function placePassage(document: string, passage: PassageText): Placement | null {
  const marks = passage.text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const lines = linesOf(passage.text.slice(marks));
  const wanted = lines.map(line => line.text).join('\n');
  const documentLines = linesOf(document);
  if (wanted.length === 0) {
    // The file was found by its name alone, so there is nothing to mark.
    const { start } = documentLines[passage.line] ?? documentLines[0]!;
    return { start, end: start, toDocument: () => null };
  }
  const found = atStatedPlace(documentLines, passage, lines) ?? nearest(documentLines, wanted, passage.line);
  if (found === null) return null;

  const offsetOf = (offset: number): number => {
    const inText = Math.max(0, offset - marks);
    const index = lineAt(lines, inText);
    const line = lines[index]!;
    // An offset inside a line end belongs to the end of the line's text.
    const column = Math.min(inText - line.start, line.text.length);
    const place = documentLines[found.line + index]!;
    return place.start + (index === 0 ? found.column : 0) + column;
  };
  return {
    start: offsetOf(0),
    end: offsetOf(passage.text.length),
    toDocument(range) {
      if (range.start < 0 || range.end > passage.text.length || range.start >= range.end) return null;
      const start = offsetOf(range.start);
      const end = offsetOf(range.end);
      return start < end ? { start, end } : null;
    },
  };
}

interface Line {
  readonly start: number;
  readonly text: string;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The lines as VS Code splits them: at \r\n, \n and a lone \r. */
function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const match of text.matchAll(LINE_END)) {
    lines.push({ start, text: text.slice(start, match.index) });
    start = match.index + match[0].length;
  }
  lines.push({ start, text: text.slice(start) });
  return lines;
}

function lineAt(lines: readonly Line[], offset: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function atStatedPlace(
  document: readonly Line[],
  passage: PassageText,
  lines: readonly Line[],
): Place | null {
  const place = { line: passage.line, column: passage.column };
  for (const [index, wanted] of lines.entries()) {
    const line = document[place.line + index];
    if (line === undefined) return null;
    const from = index === 0 ? place.column : 0;
    const isLast = index === lines.length - 1;
    const text = isLast ? line.text.slice(from, from + wanted.text.length) : line.text.slice(from);
    if (text !== wanted.text) return null;
  }
  return place;
}

/** The occurrence of `wanted` (lines joined by \n) that starts nearest to `line`. */
function nearest(document: readonly Line[], wanted: string, line: number): Place | null {
  const joined = document.map(each => each.text).join('\n');
  const starts: number[] = [];
  let offset = 0;
  for (const each of document) {
    starts.push(offset);
    offset += each.text.length + 1;
  }
  const joinedLines = starts.map((start, index) => ({ start, text: document[index]!.text }));
  let best: Place | null = null;
  for (let at = joined.indexOf(wanted); at !== -1; at = joined.indexOf(wanted, at + 1)) {
    const found = lineAt(joinedLines, at);
    if (best !== null && Math.abs(found - line) >= Math.abs(best.line - line)) continue;
    best = { line: found, column: at - starts[found]! };
  }
  return best;
}
