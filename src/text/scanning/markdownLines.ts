/**
 * Finds the top-level blocks of Markdown line by line where they are plain, which nearly all are: a parser takes fifty
 * times as long, and of its tree only this much is used. Whatever is not certainly plain becomes a `region`, which the
 * caller parses by itself: nothing is open before it or after it. `test/text/scanning` compares with the parser.
 *
 * CommonMark 0.31 (https://spec.commonmark.org/0.31.2/) with GFM's tables and footnotes; sections are named below.
 */
import { closesFence, endOfRegion } from './markdownRegion.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

export type LineBlock =
  | (Span & { readonly type: 'paragraph' | 'code' | 'blockquote' | 'list' | 'table' | 'thematicBreak' })
  | (Span & { readonly type: 'heading'; readonly depth: number })
  | (Span & { readonly type: 'region' });

const HEADING = /^(#{1,6})(?:[ \t]|$)/;
const FENCE = /^(`{3,}(?=[^`]*$)|~{3,})/;
const RULE = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
/** An item with text in its first line, and the width of its indentation. */
const ITEM = /^([-*+]|\d{1,9}([.)])) {1,4}(?=[^ \t])/;
const ANY_ITEM = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
/** Lines that make a heading or a table of the one before, or begin what is no paragraph (§4.3, §4.6; GFM §4.10). */
const TURNS = /^[ \t]*(?:[-=:|][-=:| \t]*$|<(?![A-Za-z][A-Za-z0-9+.-]+:)|\[\^)/;
/** A fence in a list, perhaps behind the marks of items. */
const INNER_FENCE = /^\s*(?:(?:[-*+>]|\d{1,9}[.)])\s+)*(`{3,}|~{3,})/;
/** An address in angle brackets is no tag, for no name of a tag has a colon (§6.5, §6.6). */
const INNER_HTML = /^\s*(?:(?:[-*+>]|\d{1,9}[.)])\s+)*<(?![A-Za-z][A-Za-z0-9+.-]+:)/;

/** Blocks in order. `text` must have no carriage return without a line feed. */
export function* blocksOfLines(text: string): Generator<LineBlock> {
  const lines = new Lines(text);
  while (!lines.ended) {
    if (lines.isBlank) {
      lines.next();
      continue;
    }
    const start = lines.at;
    const block = plainBlock(lines);
    if (block !== null) yield block;
    else {
      lines.goTo(start);
      const end = endOfRegion(text, start);
      yield { type: 'region', start, end };
      lines.goTo(end);
    }
  }
}

/** Where one is in a text, line by line. */
class Lines {
  readonly #text: string;
  at = 0;
  /** The line without its end. */
  line = '';
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.goTo(0);
  }

  goTo(at: number): void {
    this.at = at;
    const newline = this.#text.indexOf('\n', at);
    this.#next = newline === -1 ? this.#text.length : newline + 1;
    const end = newline === -1 ? this.#text.length : newline;
    this.line = this.#text.slice(at, end > at && this.#text[end - 1] === '\r' ? end - 1 : end);
  }

  next(): void {
    this.goTo(this.#next);
  }

  get ended(): boolean {
    return this.at >= this.#text.length;
  }

  /** Where the line ends, without its line break. */
  get end(): number {
    return this.at + this.line.length;
  }

  get isBlank(): boolean {
    return isBlank(this.line);
  }
}

function isBlank(line: string): boolean {
  for (let i = 0; i < line.length; i++) if (line[i] !== ' ' && line[i] !== '\t') return false;
  return true;
}

/** The block that begins here, after which the lines stand; null where it is not plain. */
function plainBlock(lines: Lines): LineBlock | null {
  const { line, at: start, end } = lines;
  if (line.startsWith('    ')) return indentedCode(lines);
  if (line.startsWith('|')) return table(lines);
  if (ANCHOR.test(line)) return anchor(lines);
  if (/^(?:[ \t:]|<(?![A-Za-z][A-Za-z0-9+.-]+:))/.test(line)) return null;
  const heading = HEADING.exec(line);
  if (heading !== null) {
    lines.next();
    return { type: 'heading', depth: heading[1]!.length, start, end };
  }
  if (line.startsWith('>')) return quotation(lines);
  if (FENCE.test(line)) return fenced(lines);
  if (RULE.test(line)) {
    lines.next();
    return { type: 'thematicBreak', start, end };
  }
  if (ITEM.test(line)) return list(lines);
  return ANY_ITEM.test(line) ? null : paragraph(lines);
}

/** §4.8. It ends before a blank line, or before what interrupts it. */
function paragraph(lines: Lines): LineBlock | null {
  const start = lines.at;
  // Only at its beginning may a paragraph hold definitions, which are not of it (§4.7).
  const mayDefine = lines.line.startsWith('[');
  let { end } = lines;
  for (; !lines.ended && !lines.isBlank; lines.next()) {
    const { line } = lines;
    if (mayDefine && line.includes(']:')) return null;
    if (lines.at > start) {
      const { [0]: first } = line;
      if (first === ' ' || first === '\t') {
        // Deeper text only goes on; what would interrupt it is left to the parser.
        if (!GOES_ON.test(line)) return null;
      } else {
        if (HEADING.test(line) || FENCE.test(line)) break;
        if (TURNS.test(line)) return null;
        if (RULE.test(line)) break;
        const item = INTERRUPTS.exec(line);
        // Within what interrupts, the parser takes blocks for text that it else would not.
        if (item !== null && (ANY_ITEM.test(item[1]!) || BLOCK.test(item[1]!))) return null;
        if (item !== null) break;
      }
    } else if (TURNS.test(line)) return null;
    ({ end } = lines);
  }
  return { type: 'paragraph', start, end };
}

/** A quotation or an item that interrupts a paragraph: one with text, and if it has a number, the first. */
const INTERRUPTS = /^(?:(?:[-*+]|1[.)])[ \t]+(?=[^ \t])|> ?)(.*)$/;
/** Beginnings of text that may be another block than a paragraph. */
const BLOCK = /^(?:[>#<|=:~\t ]|`{3}|[-*_=:|][-*_=:| \t]*$|\[)/;
/** An indented line that begins with a letter. */
const GOES_ON = /^[ \t]+[A-Za-z가-힣]/;

/** §4.4. What is open before would have taken the line, so nothing is. */
function indentedCode(lines: Lines): LineBlock | null {
  const start = lines.at;
  let { end } = lines;
  let afterBlank = false;
  for (; !lines.ended; lines.next()) {
    const { line } = lines;
    // Blanks in a blank line and tabs are left to the parser, and code before what may be an item without text: it reads
    // that as though a paragraph went on.
    if (line !== '' && (lines.isBlank || /^ *\t/.test(line))) return null;
    if (line !== '' && !line.startsWith('    ')) {
      if (!afterBlank || !/^[A-Za-z가-힣#`|]/.test(line)) return null;
      break;
    }
    afterBlank = line === '';
    if (!afterBlank) ({ end } = lines);
  }
  return { type: 'code', start, end };
}

/** The place of a link, alone in its paragraph: `<a name="setup"></a>`. */
const ANCHOR = /^<a (?:name|id)="[\w.:-]+"><\/a>$/;

function anchor(lines: Lines): LineBlock | null {
  const { at: start, end } = lines;
  lines.next();
  return lines.ended || lines.isBlank ? { type: 'paragraph', start, end } : null;
}

const DELIMITER_ROW = /^\|(?: *:?-+:? *\|)+$/;

/** A table of which every line begins with a bar (GFM §4.10). */
function table(lines: Lines): LineBlock | null {
  const { at: start, line: header } = lines;
  if (!isHeaderRow(header)) return null;
  lines.next();
  if (!DELIMITER_ROW.test(lines.line) || barsIn(lines.line) !== barsIn(header)) return null;
  let { end, line: last } = lines;
  for (lines.next(); !lines.ended && !lines.isBlank; lines.next()) {
    ({ end, line: last } = lines);
    if (!last.startsWith('|')) return null;
  }
  return /[ \t]$/.test(last) ? null : { type: 'table', start, end };
}

/** Text between any two bars, and nothing after the last one; escapes are left to the parser. */
function isHeaderRow(line: string): boolean {
  if (line.includes('\\')) return false;
  const cells = line.split('|');
  return cells.length > 2 && cells.at(-1) === '' && cells.slice(1, -1).every(cell => !isBlank(cell));
}

function barsIn(line: string): number {
  return line.split('|').length;
}

/** §4.5. A fence that is not closed is left to the parser. */
function fenced(lines: Lines): LineBlock | null {
  const start = lines.at;
  const mark = FENCE.exec(lines.line)![1]!;
  for (lines.next(); !lines.ended; lines.next())
    if (closesFence(lines.line, mark)) {
      const { end } = lines;
      lines.next();
      return { type: 'code', start, end };
    }
  return null;
}

/** §5.1, without lines that go on without a mark. */
function quotation(lines: Lines): LineBlock | null {
  const start = lines.at;
  let { end } = lines;
  for (; !lines.ended && lines.line.startsWith('>'); lines.next()) ({ end } = lines);
  return lines.ended || lines.isBlank ? { type: 'blockquote', start, end } : null;
}

/** §5.2, §5.3. Whatever is indented enough belongs to the item before. */
function list(lines: Lines): LineBlock | null {
  const start = lines.at;
  const kind = kindOf(ITEM.exec(lines.line)!);
  let { end } = lines;
  let width = 0;
  let fence: string | null = null;
  let afterBlank = false;
  let endsWide = false;
  for (; !lines.ended; lines.next()) {
    const { line } = lines;
    if (lines.isBlank) {
      afterBlank = true;
      // Blanks in a blank line may belong to indented code.
      endsWide ||= line !== '';
      continue;
    }
    const indent = indentOf(line);
    if (line[indent] === '\t') return null;
    if (indent === 0) {
      const item = RULE.test(line) ? null : ITEM.exec(line);
      if (item === null || kindOf(item) !== kind) {
        if (!afterBlank && !HEADING.test(line)) return null;
        if (ANY_ITEM.test(line) && (item === null || !afterBlank) && !RULE.test(line)) return null;
        break;
      }
      if (fence !== null) return null;
      width = item[0].length;
    } else if (indent < width) return null;
    if (INNER_HTML.test(line)) return null;
    fence = fenceAfter(line, fence, width);
    ({ end } = lines);
    afterBlank = endsWide = false;
  }
  return fence === null && !endsWide ? { type: 'list', start, end } : null;
}

/** Items with the same mark make one list (§5.3). */
function kindOf(item: RegExpExecArray): string {
  return item[2] ?? item[1]!;
}

function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === ' ') indent++;
  return indent;
}

/** The mark of the fence that is open after a line within a list. */
function fenceAfter(line: string, open: string | null, width: number): string | null {
  const mark = INNER_FENCE.exec(line)?.[1] ?? null;
  if (open === null || mark === null) return open ?? mark;
  const closes = mark.startsWith(open) && /^ *[`~]+[ \t]*$/.test(line) && indentOf(line) < width + 4;
  return closes ? null : open;
}
