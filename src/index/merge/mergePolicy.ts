/** Which neighbouring segments should become one. */
import { MAX_PASSAGES } from '../segment/segment.ts';

/** Of a segment. */
export interface Size {
  readonly passages: number;
  readonly live: number;
}

/** Segments `[first, end)`. */
export interface Run {
  readonly first: number;
  readonly end: number;
}

/** So many neighbours, and none much larger than the rest: each passage is rewritten once a tier. */
const TIER = 4;
const LARGEST_SHARE = 1 / 1.5;
/**
 * Two segments of more than half the most passages there may be stay two for ever, and each costs a query some 70
 * microseconds: what grows above a quarter of the most waits until it fills three quarters.
 */
const WAITS = MAX_PASSAGES / 4;
const FULL = 0.75 * MAX_PASSAGES;
/** Above so many, for each 65,535 passages one more, the cheapest neighbours go together whatever their sizes. */
const MANY = 8;
/** A segment that is dead by more than half is written again; a small one will be merged soon. */
const DEAD_SHARE = 0.5;
const SMALL = 512;

/** The cheapest run that should be merged, null where all is well. */
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

/** What so many segments together would be: of the next tier, or full. */
function isGood(segments: number, passages: number): boolean {
  return passages >= FULL || (segments >= TIER && passages <= WAITS);
}

/** Neighbours in runs that fit one segment each. */
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
