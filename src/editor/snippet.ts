/** One line of a passage around its best places, for lists where only a line fits. Pure. */
import type { Hit, TextRange } from '../protocol.ts';

export interface Snippet {
  readonly text: string;
  /** Literal places in `text`. */
  readonly highlights: readonly TextRange[];
}

const ELLIPSIS = '…';

/** `width` in UTF-16 units. Control and direction characters become spaces: a list row is one line. */
export function snippetOf(hit: Hit, width: number): Snippet {
  const flat = flatten(hit.text);
  const ranges = literalRanges(hit)
    .map(range => ({ start: flat.place[range.start]!, end: flat.place[range.end]! }))
    .filter(range => range.start < range.end);
  const start = windowStart(flat.text, ranges, width);
  const end = wholeEnd(flat.text, Math.min(flat.text.length, start + width));
  const head = start > 0 ? ELLIPSIS : '';
  const tail = end < flat.text.length ? ELLIPSIS : '';
  return {
    text: head + flat.text.slice(start, end) + tail,
    highlights: ranges
      .filter(range => range.start >= start && range.end <= end)
      .map(range => ({
        start: range.start - start + head.length,
        end: range.end - start + head.length,
      })),
  };
}

/** Literal places, in order, overlaps joined. */
function literalRanges(hit: Hit): readonly TextRange[] {
  const ranges = hit.contributions
    .filter(contribution => contribution.kind === 'literal')
    .flatMap(contribution => contribution.ranges)
    .filter(range => range.start >= 0 && range.start < range.end && range.end <= hit.text.length)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const joined: TextRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else joined.push(range);
  }
  return joined;
}

/** White space collapsed; `place[i]` is where the passage's unit `i` stands in the new text. */
function flatten(text: string): { readonly text: string; readonly place: readonly number[] } {
  const place: number[] = [];
  let flat = '';
  for (let index = 0; index < text.length; index++) {
    place.push(flat.length);
    const unit = text[index]!;
    // White space, control characters, and the marks that could turn a row's direction around.
    if (!/[\s\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u.test(unit)) flat += unit;
    else if (flat !== '' && !flat.endsWith(' ')) flat += ' ';
  }
  place.push(flat.length);
  return { text: flat.trimEnd(), place };
}

/** The start of the window that holds the most literal text, a little before its first place. */
function windowStart(text: string, ranges: readonly TextRange[], width: number): number {
  if (text.length <= width) return 0;
  let best = 0;
  let most = 0;
  for (const { start } of ranges) {
    const covered = ranges
      .filter(range => range.start >= start && range.end <= start + width * 0.8)
      .reduce((sum, range) => sum + range.end - range.start, 0);
    if (covered > most) {
      most = covered;
      best = start;
    }
  }
  const early = Math.max(0, Math.min(best - Math.floor(width * 0.2), text.length - width));
  if (early === 0 || most === 0) return 0;
  const space = text.lastIndexOf(' ', best);
  const wordStart = text.indexOf(' ', early) + 1;
  return wholeEnd(text, wordStart > 0 && wordStart <= Math.max(space + 1, early) ? wordStart : early);
}

/** Never between the halves of a surrogate pair. */
function wholeEnd(text: string, end: number): number {
  const unit = text.charCodeAt(end);
  return unit >= 0xdc00 && unit <= 0xdfff ? end - 1 : end;
}
