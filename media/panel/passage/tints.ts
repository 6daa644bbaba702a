import type { Contribution, MatchKind } from '../../../src/domain/hit.ts';
import type { TextRange } from '../../../src/domain/textRange.ts';
import { groupKey } from '../explain/groups.ts';
import { toDisplay, type DisplayText } from './displayText.ts';
import { cutAfter, cutBefore } from './graphemes.ts';

/** A word of the passage to underline, in offsets of the display text. */
export interface Tint extends TextRange {
  readonly word: number;
  readonly kind: MatchKind;
  /** Key of the group it belongs to. */
  readonly group: string;
  /** The contribution's value, shared among its places. */
  readonly value: number;
}

/** A run of text that looks alike. */
export interface Segment extends TextRange {
  readonly tint: Tint | null;
  readonly flash: boolean;
}

/** More underlines than this are of no use; the heaviest are kept. */
const MOST_TINTS = 1000;

/** Every place to underline, widened to whole characters, the heaviest last so that it is painted on top. */
export function tintsOf(contributions: readonly Contribution[], display: DisplayText): readonly Tint[] {
  const tints: Tint[] = [];
  for (const contribution of contributions) {
    const { ranges } = contribution;
    for (const range of ranges) {
      if (tints.length >= MOST_TINTS) break;
      const shown = toDisplay(display, range);
      if (shown === null) continue;
      tints.push({
        start: cutBefore(display.text, shown.start),
        end: cutAfter(display.text, shown.end),
        word: contribution.word,
        kind: contribution.kind,
        group: groupKey(contribution),
        value: contribution.value / ranges.length,
      });
    }
  }
  return tints.sort(byPaintOrder);
}

/** Words that stand in the passage as written are never hidden under a guess. */
function byPaintOrder(a: Tint, b: Tint): number {
  return Number(a.kind === 'literal') - Number(b.kind === 'literal') || a.value - b.value;
}

/**
 * Cuts `[start, end)` of a display text into runs of one look. Where tints overlap, the last one wins.
 *
 * @param flash Whether a tint's words are pointed out now; they show even where another tint covers them.
 */
export function segments(
  tints: readonly Tint[],
  { start, end }: TextRange,
  flash: (tint: Tint) => boolean,
): readonly Segment[] {
  const length = end - start;
  const paint = new Uint16Array(length);
  const flashing = new Uint8Array(length);
  tints.forEach((tint, index) => {
    const from = Math.max(0, tint.start - start);
    const to = Math.min(length, tint.end - start);
    if (from >= to) return;
    paint.fill(index + 1, from, to);
    if (flash(tint)) flashing.fill(1, from, to);
  });
  const runs: Segment[] = [];
  let from = 0;
  for (let at = 1; at <= length; at++) {
    if (at < length && looksAlike(tints, paint[from]!, paint[at]!) && flashing[from] === flashing[at])
      continue;
    const tint = tints[paint[from]! - 1] ?? null;
    runs.push({ start: start + from, end: start + at, tint, flash: flashing[from] === 1 });
    from = at;
  }
  return length > 0 ? runs : [];
}

function looksAlike(tints: readonly Tint[], left: number, right: number): boolean {
  if (left === right) return true;
  if (left === 0 || right === 0) return false;
  return tints[left - 1]!.group === tints[right - 1]!.group;
}
