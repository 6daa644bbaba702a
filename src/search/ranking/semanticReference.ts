/** A model's unit of measure: what its vectors of a plain word score against themselves. */
import type { SparseVector } from '../../index/sparseVector.ts';

/** A word that every Korean model knows. */
export const REFERENCE_TEXT = '회의';
/** That of the embedded model, for a search without one. */
export const DEFAULT_REFERENCE = 50;

/** Σ w² of a query's vector. */
export function selfScore({ weights }: SparseVector): number {
  return weights.reduce((sum, weight) => sum + weight * weight, 0);
}
