/** Fewer terms of a query's vector. Pure. */
import type { SparseVector } from '../../src/index/sparseVector.ts';

export interface Trimming {
  /** Lighter terms are left out. */
  readonly minWeight: number;
  /** So many of the heaviest are kept. */
  readonly top: number;
}

/** Of two with the same weight the one of the lower dimension is kept. */
export function trimmed(vector: SparseVector, { minWeight, top }: Trimming): SparseVector {
  const { dimensions, weights, places } = vector;
  const kept = Array.from(weights.keys())
    .filter(i => weights[i]! >= minWeight)
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, top)
    .sort((a, b) => a - b);
  return {
    dimensions: Uint32Array.from(kept, i => dimensions[i]!),
    weights: Float32Array.from(kept, i => weights[i]!),
    places: Uint16Array.from(kept, i => places[i]!),
  };
}
