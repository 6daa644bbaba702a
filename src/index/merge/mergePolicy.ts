/** Decides which neighbouring segments to merge. */
import { MAX_PASSAGES } from '../segment/segment.ts';

/** The size of a segment, as far as merging is concerned. */
export interface Size {
  readonly passages: number;
  readonly live: number;
}

/** The segments `[first, end)`. */
export interface Run {
  readonly first: number;
  readonly end: number;
}

/** Number of neighbours of similar size that are merged, so that each passage is rewritten once a tier. */
const TIER = 4;
const LARGEST_SHARE = 1 / 1.5;
/**
 * Two segments with more than half of the maximum number of passages would never fit one, and each costs a
 * query some 70 microseconds. So a segment above a quarter of the maximum waits until its run fills three
 * quarters.
 */
const WAITS = MAX_PASSAGES / 4;
const FULL = 0.75 * MAX_PASSAGES;
/**
 * Above this number of segments, plus one for each 65,535 passages, the cheapest neighbours are merged
 * whatever their sizes.
 */
const MANY = 8;
/** A segment with a larger share of deleted passages is rewritten; a small one will be merged soon anyway. */
const DEAD_SHARE = 0.5;
const SMALL = 512;

/** The cheapest run that should be merged; null where there is none. */
export function runToMerge(segments: readonly Size[]): Run | null {
  const dead = segments.findIndex(
    ({ passages, live }) => passages >= SMALL && passages - live > DEAD_SHARE * passages,
  );
  if (dead !== -1) return { first: dead, end: dead + 1 };
  const total = segments.reduce((sum, { live }) => sum + live, 0);
  const many = segments.length > MANY + Math.ceil(total / MAX_PASSAGES);
  let best: Run | null = null;
  let cost = Number.POSITIVE_INFINITY;
  for (let first = 0; first < segments.length; first++) {
    let together = 0;
    let largest = 0;
    for (let end = first + 1; end <= segments.length; end++) {
      const { live } = segments[end - 1]!;
      together += live;
      largest = Math.max(largest, live);
      if (together > MAX_PASSAGES) break;
      const isTier = largest <= LARGEST_SHARE * together && isGood(end - first, together);
      const isEnough = many && end - first === 2;
      if ((isTier || isEnough) && together < cost) [best, cost] = [{ first, end }, together];
    }
  }
  return best;
}

/** Whether the merged segment would be of the next tier, or full. */
function isGood(segments: number, passages: number): boolean {
  return passages >= FULL || (segments >= TIER && passages <= WAITS);
}

/** Groups neighbours into runs that fit one segment each. */
export function runsThatFit(segments: readonly Size[]): Run[] {
  const runs: Run[] = [];
  let first = 0;
  let together = 0;
  segments.forEach(({ live }, i) => {
    if (together + live > MAX_PASSAGES) {
      runs.push({ first, end: i });
      [first, together] = [i, 0];
    }
    together += live;
  });
  if (first < segments.length) runs.push({ first, end: segments.length });
  return runs;
}
