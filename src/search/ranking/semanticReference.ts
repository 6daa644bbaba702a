/** A model's unit of measure: the score of its vector of a plain word against itself. */
import type { SparseVector } from '../../index/sparseVector.ts';

/** A word that every Korean model knows. */
export const REFERENCE_TEXT = '회의';
/** The value of the embedded model, for a search without a model. */
export const DEFAULT_REFERENCE = 50;

/** The sum of the squared weights of a query's vector. */
export function selfScore({ weights }: SparseVector): number {
  return weights.reduce((sum, weight) => sum + weight * weight, 0);
}
