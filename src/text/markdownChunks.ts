/**
 * Cuts Markdown into pieces that are parsed one by one. The parser needs half a kilobyte of memory for a byte
 * of text, and time with the square of a paragraph's length: two megabytes in one paragraph took four
 * minutes.
 */

export interface MarkdownChunk {
  readonly start: number;
  readonly end: number;
  /** A `markdown` chunk is parsed; a line or a code block that is too long for the parser is taken as plain text. */
  readonly kind: 'markdown' | 'paragraph' | 'code';
}

/** UTF-16 units after which a chunk ends at the next blank line before a block at the margin. */
const CHUNK = 32_768;
/** Longer lines are not parsed. */
const LONG_LINE = 16_384;
/** Lines without a blank one between them are cut after this many units. */
const LONG_PARAGRAPH = 16_384;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** Beginnings of lines that may continue a list or a quotation from before the blank line. */
const INSIDE = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])/;

/** Chunks in order; together they cover `[from, text.length)`. */
export function* chunksOf(text: string, from: number): Generator<MarkdownChunk> {
  let start = from;
  let paragraph = from;
  let fence: { readonly start: number; readonly mark: string } | null = null;
  let afterBlank = false;
  for (let at = from; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline + 1;
    const isLast = end === text.length;
    const head = text.slice(at, Math.min(end, at + 200));
    if (fence !== null) {
      const closes: boolean = closesFence(head, fence.mark);
      // A fence that is never closed goes on to the end.
      if ((closes || isLast) && end - fence.start > LONG_LINE) {
        if (fence.start > start) yield { start, end: fence.start, kind: 'markdown' };
        yield* piecesOf(text, fence.start, end, 'code');
        start = end;
      }
      if (closes) [fence, paragraph] = [null, end];
    } else if (end - at > LONG_LINE) {
      if (at > start) yield { start, end: at, kind: 'markdown' };
      yield* piecesOf(text, at, end, 'paragraph');
      [start, paragraph] = [end, end];
    } else {
      const isBlank = head.trim() === '';
      const size = at - start;
      const isSafe = afterBlank && (size >= 2 * CHUNK || !INSIDE.test(head));
      if (!isBlank && ((size >= CHUNK && isSafe) || at - paragraph >= LONG_PARAGRAPH)) {
        if (at > start) yield { start, end: at, kind: 'markdown' };
        [start, paragraph] = [at, at];
      }
      const mark = FENCE.exec(head)?.[1];
      if (mark !== undefined) fence = { start: at, mark };
      if (isBlank) paragraph = end;
      afterBlank = isBlank;
    }
    at = end;
  }
  if (start < text.length) yield { start, end: text.length, kind: 'markdown' };
}

function closesFence(line: string, mark: string): boolean {
  const found = FENCE.exec(line)?.[1];
  return found !== undefined && found.startsWith(mark) && line.trim() === found;
}

/** Cuts at line ends, or else at blanks, or else between characters. */
function* piecesOf(
  text: string,
  from: number,
  to: number,
  kind: 'paragraph' | 'code',
): Generator<MarkdownChunk> {
  for (let start = from; start < to;) {
    let end = Math.min(to, start + LONG_LINE);
    if (end < to) {
      const piece = text.slice(start, end);
      const line = piece.lastIndexOf('\n') + 1;
      const blank = piece.lastIndexOf(' ') + 1;
      if (line > LONG_LINE / 2) end = start + line;
      else if (blank > LONG_LINE / 2) end = start + blank;
      const unit = text.charCodeAt(end);
      if (unit >= 0xdc00 && unit <= 0xdfff) end++;
    }
    yield { start, end, kind };
    start = end;
  }
}
