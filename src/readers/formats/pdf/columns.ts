/** Reading order of a page that draws its columns line by line across both. */
import { partOf, type Line } from './lines.ts';

/** A gutter needs at least so many lines with text on both sides. */
const LEAST_LINES = 6;
/** Minimum share of the lines that do not lie in one column only. */
const LEAST_SHARE = 0.6;
/**
 * Minimum width of a column of prose as a share of the text's width; narrower columns are a table, which is read by
 * rows.
 */
const LEAST_WIDTH = 0.3;
/** More often than not a line of prose fills this share of its column's width. */
const FILLED = 0.6;

/**
 * The lines stay in order unless text continues across a gutter between two wide columns: then the whole left column
 * comes before the right one. A line as wide as both stays between what is above and below it.
 */
export function inReadingOrder(lines: readonly Line[]): readonly Line[] {
  const gutter = gutterOf(lines);
  if (gutter === null) return lines;
  const ordered: Line[] = [];
  let left: Line[] = [];
  let right: Line[] = [];
  const flush = (): void => {
    ordered.push(...left, ...right);
    left = [];
    right = [];
  };
  for (const line of lines) {
    const before = line.segments.filter(segment => segment.right <= gutter);
    const after = line.segments.filter(segment => segment.left >= gutter);
    if (before.length + after.length < line.segments.length) {
      flush();
      ordered.push(line);
      continue;
    }
    if (before.length > 0) left.push(partOf(line, before));
    if (after.length > 0) right.push(partOf(line, after));
  }
  flush();
  return ordered;
}

function gutterOf(lines: readonly Line[]): number | null {
  const pairs = lines.filter(line => line.segments.length === 2);
  const torn = lines.filter(line => line.segments.length > 1);
  if (pairs.length < LEAST_LINES || pairs.length < LEAST_SHARE * torn.length) return null;
  const left = Math.min(...lines.map(line => line.left));
  const right = Math.max(...lines.map(line => line.right));
  const ends = Math.max(...pairs.map(({ segments }) => segments[0]!.right));
  const starts = Math.min(...pairs.map(({ segments }) => segments[1]!.left));
  const least = LEAST_WIDTH * (right - left);
  if (ends > starts || ends - left < least || right - starts < least) return null;
  const isFilled = (line: Line): boolean =>
    line.segments[0]!.right - left >= FILLED * (ends - left) &&
    line.segments[1]!.right - starts >= FILLED * (right - starts);
  return pairs.filter(isFilled).length * 2 > pairs.length ? (ends + starts) / 2 : null;
}
