/** Finds the passages that `~-` excludes: those that share much of a text's meaning. */
import { planeOf } from '../../index/segment/postings.ts';
import type { Segment } from '../../index/segment/segment.ts';
import type { SparseVector } from '../../index/sparseVector.ts';

/** A passage with at least this share of the best passage's score counts as having the meaning. */
const SHARE = 0.5;

/** Flags (u8) of each segment's passages. Rejects with `DamagedError`. */
export async function semanticExclusion(
  segments: readonly Segment[],
  { dimensions, weights }: SparseVector,
): Promise<ReadonlyMap<Segment, Uint8Array>> {
  const scores = await Promise.all(
    segments.map(async segment => {
      const sums = new Float64Array(segment.passageCount);
      const lists = await Promise.all(Array.from(dimensions, dimension => segment.semantic(dimension)));
      lists.forEach((postings, i) => {
        const step = weights[i]! * segment.impactStep;
        if (postings === null) return;
        const impacts = planeOf(postings, 0);
        postings.docs.forEach((passage, at) => (sums[passage]! += step * impacts[at]!));
      });
      return sums;
    }),
  );
  let best = 0;
  segments.forEach(({ live }, i) => {
    scores[i]!.forEach((score, passage) => {
      if (live[passage] === 1 && score > best) best = score;
    });
  });
  return new Map(
    segments.map((segment, i) => [
      segment,
      Uint8Array.from(scores[i]!, score => Number(best > 0 && score >= SHARE * best)),
    ]),
  );
}
