/** Builds vectors from lists of postings, one row for each passage. */
import type { SparseVector } from '../sparseVector.ts';

interface Row {
  readonly dimensions: number[];
  readonly weights: number[];
  readonly places: number[];
}

export class VectorRows {
  readonly #rows: Row[];

  constructor(count: number) {
    this.#rows = Array.from({ length: count }, () => ({ dimensions: [], weights: [], places: [] }));
  }

  /** Dimensions of a row must ascend. */
  add(row: number, dimension: number, weight: number, place: number): void {
    const { dimensions, weights, places } = this.#rows[row]!;
    dimensions.push(dimension);
    weights.push(weight);
    places.push(place);
  }

  vector(row: number): SparseVector {
    const { dimensions, weights, places } = this.#rows[row]!;
    return {
      dimensions: Uint32Array.from(dimensions),
      weights: Float32Array.from(weights),
      places: Uint16Array.from(places),
    };
  }
}
