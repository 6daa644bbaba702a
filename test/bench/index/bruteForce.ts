/** Every passage's score for every query, in float64, and whether an answer is the best k of them. */
import type { SparseVector } from '../../../src/index/sparseVector.ts';
import type { BenchQuery } from './corpus.ts';

type Vector = Pick<SparseVector, 'dimensions' | 'weights'>;

/** Dot products with one pass over the vectors: what a dimension adds, to all the queries that have it. */
export class BruteForce {
  readonly scores: readonly Float64Array[];
  readonly #byDimension = new Map<number, { readonly query: number; readonly weight: number }[]>();

  constructor(queries: readonly BenchQuery[], passages: number) {
    this.scores = queries.map(() => new Float64Array(passages));
    queries.forEach(({ terms }, query) => {
      for (const { dimension, weight } of terms) {
        const found = this.#byDimension.get(dimension);
        if (found === undefined) this.#byDimension.set(dimension, [{ query, weight }]);
        else found.push({ query, weight });
      }
    });
  }

  add(passage: number, { dimensions, weights }: Vector): void {
    for (let i = 0; i < dimensions.length; i++) {
      const queries = this.#byDimension.get(dimensions[i]!);
      if (queries === undefined) continue;
      for (const { query, weight } of queries) this.scores[query]![passage]! += weight * weights[i]!;
    }
  }
}

/** The same passages in the same order, passages of equal score in any. */
export function isExact(answer: readonly number[], scores: Float64Array, k: number): boolean {
  const best = scores
    .slice()
    .sort()
    .subarray(-k)
    .reverse()
    .filter(score => score > 0);
  if (answer.length !== best.length || new Set(answer).size !== answer.length) return false;
  // The order of summation may differ.
  return answer.every((passage, i) => Math.abs(scores[passage]! - best[i]!) <= 1e-9 * best[0]!);
}
