/** Joins the lines of a page into the paragraphs that they are set as. */
import type { Line } from './lines.ts';

export type PdfParagraph = readonly Line[];

/** In font sizes: the lines of a paragraph are no farther apart. */
const LEADING = 1.9;
/** In font sizes: a line that begins further right begins a paragraph. */
const INDENT = 0.9;
/** A share of the column's width: a line that ends before it ends a paragraph. */
const FULL = 0.75;

/** A line of a table of contents. */
const LEADER = /(?:\.\s?|·\s?|…){4,}\s*[\divxlc]*$/iu;

const LIST_MARK =
  /^(?:[•●○■□▪◦∙·※▶►➤–—*-]\s|\(?\d{1,3}[.)]\s|\(?[가-하][.)]\s|\(?[a-zA-Z][.)]\s|[①-⑳]|제\s*\d+\s*[조장절관항])/u;

export function paragraphsOf(lines: readonly Line[]): PdfParagraph[] {
  const paragraphs: Line[][] = [];
  for (const line of lines) {
    const open = paragraphs.at(-1);
    if (open !== undefined && goesOn(open, line)) open.push(line);
    else paragraphs.push([line]);
  }
  return paragraphs;
}

function goesOn(open: readonly Line[], line: Line): boolean {
  const last = open.at(-1)!;
  const size = Math.max(last.size, line.size);
  if (last.size === 0 || last.turn !== line.turn) return false;
  if (Math.min(last.size, line.size) < 0.8 * size) return false;
  const drop = last.y - line.y;
  if (drop <= 0 || drop > LEADING * size) return false;
  if (last.isCode !== line.isCode) return false;
  if (line.isCode) return true;
  if (line.left > last.right || line.right < last.left) return false;
  if (last.text.includes('\t') !== line.text.includes('\t') || LIST_MARK.test(line.text)) return false;
  if (last.text.includes('\t')) return true;
  if (LEADER.test(last.text)) return false;
  // The first line may be indented or hang out; a later line that is begins a new paragraph.
  const left = open.length > 1 ? Math.min(...open.slice(1).map(({ left: at }) => at)) : last.left;
  if (open.length > 1 && line.left > left + INDENT * size) return false;
  if (open.length === 1 && line.left > last.left + 6 * size) return false;
  const width = Math.max(line.right, ...open.map(({ right }) => right)) - left;
  return last.right - left >= FULL * width || line.right - line.left < 0.5 * (last.right - last.left);
}

/** A line of a listing is indented by blanks; their number follows from the width of a letter. */
const LETTER_WIDTH = 0.6;

/** A listing line by line; null where the paragraph is not a listing. */
export function listingOf(paragraph: PdfParagraph): string | null {
  if (!paragraph.every(line => line.isCode)) return null;
  const left = Math.min(...paragraph.map(line => line.left));
  return paragraph
    .map(({ text, left: at, size }) => {
      const blanks = size > 0 ? Math.round((at - left) / (LETTER_WIDTH * size)) : 0;
      return ' '.repeat(Math.min(80, blanks)) + text;
    })
    .join('\n');
}

/** Whether the lines are rows of a table, as their gaps tell. */
export function isTable(paragraph: PdfParagraph): boolean {
  return paragraph.length > 1 && paragraph[0]!.text.includes('\t');
}
