/**
 * CSV and TSV: the text stays as it is, and the header row is the heading of each row, so that its words find every
 * row.
 */
import type { Block, BlockedText } from '../../../text/blocks.ts';

const SEPARATORS = [',', '\t', ';', '|'];
/** Rows of a block. A block is not split without need. */
const MAX_ROWS = 20;
const MAX_CHARACTERS = 800;
const MAX_HEADER = 300;
/** Length of the text from which the separator is determined. */
const HEAD = 8_192;

interface Row {
  readonly start: number;
  readonly end: number;
  readonly cells: readonly string[];
}

export function blocksOfTable(text: string): BlockedText {
  const separator = separatorOf(text.slice(0, HEAD));
  const blocks: Block[] = [];
  let header: string | null = null;
  let open: { readonly start: number; end: number; rows: number } | null = null;
  const close = (): void => {
    if (open === null) return;
    const headings = header === null ? [] : [header];
    blocks.push({ kind: 'table', start: open.start, end: open.end, headings });
    open = null;
  };
  let first: Row | null = null;
  for (const row of rowsOf(text, separator)) {
    if (row.end === row.start) continue;
    if (first === null) {
      first = row;
      if (isHeader(row)) {
        header = row.cells
          .map(cell => cell.trim())
          .filter(cell => cell !== '')
          .join(' · ')
          .slice(0, MAX_HEADER);
        continue;
      }
    }
    const current: { readonly start: number; end: number; rows: number } | null = open;
    if (
      current !== null &&
      ((current as { rows: number }).rows >= MAX_ROWS ||
        row.end - (current as { start: number }).start > MAX_CHARACTERS)
    )
      close();
    open ??= { start: row.start, end: row.end, rows: 0 };
    open.end = row.end;
    open.rows++;
  }
  close();
  // A header without a row below it is ordinary text.
  if (blocks.length === 0 && first !== null)
    blocks.push({ kind: 'table', start: first.start, end: first.end, headings: [] });
  return { blocks, title: null, tags: [], keywords: [], fields: 0 };
}

/** The separator that splits the first lines into the most cells. */
function separatorOf(head: string): string {
  const lines = head.split(/\r\n|\n|\r/u).slice(0, 10);
  let [best, most] = [',', 0];
  for (const separator of SEPARATORS) {
    const counts = lines.filter(line => line !== '').map(line => line.split(separator).length - 1);
    const least = Math.min(...counts);
    if (counts.length > 0 && least > most) [best, most] = [separator, least];
  }
  return best;
}

/** Names are words, mostly not numbers; a row of numbers is data. */
function isHeader({ cells }: Row): boolean {
  const filled = cells.filter(cell => cell.trim() !== '');
  const words = filled.filter(cell => /\p{L}/u.test(cell) && cell.length <= 100);
  return filled.length > 1 && words.length === filled.length;
}

/** RFC 4180: quoted cells may hold separators and line breaks, and a quote within them is doubled. */
function* rowsOf(text: string, separator: string): Generator<Row> {
  let start = 0;
  let cells: string[] = [];
  let cellStart = 0;
  let at = 0;
  while (at <= text.length) {
    const character = text[at];
    if (character === '"' && at === cellStart) {
      const end = closingQuote(text, at + 1);
      at = end === -1 ? endOfLine(text, at) : end + 1;
    } else if (character === separator) {
      cells.push(unquoted(text.slice(cellStart, at)));
      cellStart = ++at;
    } else if (character === '\n' || character === '\r' || character === undefined) {
      cells.push(unquoted(text.slice(cellStart, at)));
      yield { start, end: at, cells };
      cells = [];
      at += character === '\r' && text[at + 1] === '\n' ? 2 : 1;
      start = cellStart = at;
    } else at++;
  }
}

/** If a cell has not ended after so many characters, its quote did not open a cell. */
const MAX_CELL = 32_768;

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1 && at - from < MAX_CELL; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '\n' || text[at] === '\r') return at;
  return text.length;
}

function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1).replace(/"$/u, '').replaceAll('""', '"') : cell;
}
