/** Which words of a passage get a tint, and what each stands for. Pure; offsets are in the hit's text. */
import type { Contribution, Hit } from '../../domain/hit.ts';
import type { TextRange } from '../../domain/textRange.ts';

export interface TintSpan extends TextRange {
  /** Everything that lit up here, largest share first; never empty. */
  readonly contributions: readonly Contribution[];
}

/** How much a word is made of: much of the opened passage's score, less of it, or a word of another passage. */
export type TintStrength = 'strong' | 'plain' | 'quiet';

/** From this share of the score on a word is among what makes the hit. */
const STRONG_SHARE = 0.1;
/** What adds less stays untinted: a page where every word glows says nothing. */
const LEAST_SHARE = 0.03;
const MOST_EXPANSIONS = 12;
/** Of the passages that were not opened only what makes them hits is shown. */
const LEAST_QUIET_SHARE = 0.08;

/** The contributions that are worth showing; of the opened passage every word of the query that it has. */
function tintedContributions(hit: Hit, isOpened: boolean): readonly Contribution[] {
  let expansions = 0;
  return hit.contributions.filter(({ kind, value }) => {
    if (isOpened && kind === 'literal') return value > 0;
    if (value < hit.score * (isOpened ? LEAST_SHARE : LEAST_QUIET_SHARE)) return false;
    return kind === 'literal' || ++expansions <= MOST_EXPANSIONS;
  });
}

export function strengthOf({ contributions }: TintSpan, { score }: Hit, isOpened: boolean): TintStrength {
  if (!isOpened) return 'quiet';
  const share = contributions.reduce((sum, { value }) => sum + value, 0) / score;
  return share >= STRONG_SHARE ? 'strong' : 'plain';
}

/** Spans in order, not overlapping. `isOpened`: the hit is the one that was opened, not another of its file. */
export function planTints(hit: Hit, isOpened: boolean = true): readonly TintSpan[] {
  const placed = tintedContributions(hit, isOpened).flatMap(contribution =>
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
