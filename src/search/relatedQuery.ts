/** A query made of vectors that the index has, in place of what a model makes of a text. Pure. */
import { IN_CONTEXT, type SparseVector } from '../index/sparseVector.ts';
import { prepareQuery, withVector, type EncodedQuery } from './query/encodedQuery.ts';

/**
 * The heaviest dimensions of a vector that are looked for: a passage has hundreds, and the light ones say little but
 * cost a list each.
 */
const MOST_DIMENSIONS = 96;

/** A passage as a query: each dimension answers the word that lit it up. */
export function passageQuery(text: string, vector: SparseVector, names: readonly string[]): EncodedQuery {
  const prepared = prepareQuery(text);
  return { ...withVector(prepared, heaviest(vector), names), lexical: [] };
}

/** A file as a query: there is one word, its title, which all dimensions answer. */
export function fileQuery(
  title: string,
  vectors: readonly SparseVector[],
  names: readonly string[],
): EncodedQuery {
  const words = [{ text: title, range: { start: 0, end: title.length } }];
  const one = { ...prepareQuery(title), words, lexical: [] };
  return withVector(one, heaviest(mean(vectors)), names);
}

/** The mean of a file's passages says what the file is about. */
export function mean(vectors: readonly SparseVector[]): SparseVector {
  const sums = new Map<number, number>();
  for (const { dimensions, weights } of vectors)
    dimensions.forEach((dimension, i) => sums.set(dimension, (sums.get(dimension) ?? 0) + weights[i]!));
  const entries = [...sums].sort(([a], [b]) => a - b);
  return {
    dimensions: Uint32Array.from(entries, ([dimension]) => dimension),
    weights: Float32Array.from(entries, ([, sum]) => sum / vectors.length),
    places: new Uint16Array(entries.length).fill(IN_CONTEXT),
  };
}

function heaviest({ dimensions, weights, places }: SparseVector): SparseVector {
  const kept = Array.from(weights.keys())
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, MOST_DIMENSIONS)
    .sort((a, b) => a - b);
  return {
    dimensions: Uint32Array.from(kept, i => dimensions[i]!),
    weights: Float32Array.from(kept, i => weights[i]!),
    places: Uint16Array.from(kept, i => places[i]!),
  };
}
