/** Which words of a passage get a tint, and what each stands for. Pure; offsets are in the hit's text. */
import type { Contribution, Hit } from '../../domain/hit.ts';
import type { TextRange } from '../../domain/textRange.ts';

export interface TintSpan extends TextRange {
  /** Everything that lit up here, largest share first; never empty. */
  readonly contributions: readonly Contribution[];
}

/** Expansions below this share of the score stay untinted: a page where every word glows says nothing. */
const LEAST_SHARE = 0.015;
const MOST_EXPANSIONS = 16;

/** The contributions that are worth showing: every literal word, and the strongest expansions. */
export function tintedContributions(hit: Hit): readonly Contribution[] {
  const least = hit.score * LEAST_SHARE;
  let expansions = 0;
  return hit.contributions.filter(contribution => {
    if (contribution.kind === 'literal') return contribution.value > 0;
    return contribution.value >= least && ++expansions <= MOST_EXPANSIONS;
  });
}

/** Spans in order, not overlapping. */
export function planTints(hit: Hit): readonly TintSpan[] {
  const placed = tintedContributions(hit).flatMap(contribution =>
    contribution.ranges
      .filter(range => range.start >= 0 && range.start < range.end && range.end <= hit.text.length)
      .map(range => ({ range, contribution })),
  );
  const edges = [...new Set(placed.flatMap(({ range }) => [range.start, range.end]))].sort((a, b) => a - b);
  const spans: TintSpan[] = [];
  for (let index = 0; index + 1 < edges.length; index++) {
    const start = edges[index]!;
    const end = edges[index + 1]!;
    const here = new Set(
      placed.filter(({ range }) => range.start <= start && end <= range.end).map(each => each.contribution),
    );
    if (here.size === 0) continue;
    const contributions = [...here].sort((a, b) => b.value - a.value);
    const last = spans.at(-1);
    if (last?.end === start && sameList(last.contributions, contributions)) {
      spans[spans.length - 1] = { start: last.start, end, contributions };
    } else {
      spans.push({ start, end, contributions });
    }
  }
  return spans;
}

function sameList(a: readonly Contribution[], b: readonly Contribution[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
