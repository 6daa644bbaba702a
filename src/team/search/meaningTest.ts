/** Finds the passages that `~-` keeps out: those with half of the best one's semantic score for its words, or more. */
import type { SparseVector } from '../../index/sparseVector.ts';
import type { StoredDocument } from '../documents.ts';
import { bestOfEach } from './candidates.ts';
import type { TeamQuery } from './scoring.ts';
import type { SearchedIndex } from './teamHits.ts';

/** The same share as in `search/filter/semanticExclusion.ts`. */
const SHARE = 0.5;

export class MeaningTest {
  readonly #vector: SparseVector;
  readonly #least: number;

  private constructor(vector: SparseVector, best: number) {
    this.#vector = vector;
    this.#least = SHARE * best;
  }

  static async open(
    place: SearchedIndex,
    vector: SparseVector,
    { collection, averageLength }: TeamQuery,
    signal: AbortSignal,
  ): Promise<MeaningTest> {
    const semantic = Array.from(vector.dimensions, (dimension, i) => ({
      dimension,
      name: '',
      written: '',
      weight: vector.weights[i]!,
      word: 0,
      expansion: false,
    }));
    const query: TeamQuery = { semantic, lexical: [], collection, averageLength };
    const weights = { semantic: 1, lexical: 0 };
    const search = { k: 1, filters: [], test: null, query, weights };
    const [best] = (await bestOfEach(place, [search], signal)).found;
    return new MeaningTest(vector, best?.best[0]?.score ?? 0);
  }

  has({ semantic }: StoredDocument): boolean {
    let score = 0;
    this.#vector.dimensions.forEach((dimension, i) => {
      score += this.#vector.weights[i]! * (semantic[dimension] ?? 0);
    });
    return score > 0 && score >= this.#least;
  }
}
