/** Finds the passages that `~-` keeps out: those with half of the best one's semantic score for its words, or more. */
import type { SparseVector } from '../../index/sparseVector.ts';
import { bestOfEach } from './candidates.ts';
import { exactScore, type TeamQuery } from './scoring.ts';
import type { OpenPassage } from './servedPassage.ts';
import type { SearchedIndex } from './teamHits.ts';

/** The same share as in `search/filter/semanticExclusion.ts`. */
const SHARE = 0.5;

export class MeaningTest {
  readonly #query: TeamQuery;
  readonly #least: number;

  private constructor(query: TeamQuery, best: number) {
    this.#query = query;
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
    const search = { k: 1, filters: [], test: null, query, weights, isForScore: true };
    const [found] = (await bestOfEach(place, [search], signal)).found;
    return new MeaningTest(query, found?.largest ?? 0);
  }

  has({ features }: OpenPassage): boolean {
    const { semantic } = exactScore(features, this.#query);
    return semantic > 0 && semantic >= this.#least;
  }
}
