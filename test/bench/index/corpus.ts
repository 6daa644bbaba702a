/** What the engines are given: passages with a sparse vector and a text, and queries with both. */
import type { SparseVector } from '../../../src/index/sparseVector.ts';

export interface BenchPassage {
  readonly vector: SparseVector;
  readonly text: string;
}

export interface BenchQuery {
  readonly terms: readonly { readonly dimension: number; readonly weight: number }[];
  readonly text: string;
}

export interface Corpus {
  readonly name: string;
  readonly passages: number;
  readonly queries: readonly BenchQuery[];
  /** The same passages each time, made or read one after the other: none is kept. */
  items(): Iterable<BenchPassage>;
}

/** A file has so many passages, side by side. */
export const PASSAGES_PER_FILE = 8;
/** The file that is replaced over and over. */
export const UPDATED_FILE = 3;

/** Its passages, and the number of the first. */
export function updatedFile(corpus: Corpus): { readonly first: number; readonly passages: BenchPassage[] } {
  const first = UPDATED_FILE * PASSAGES_PER_FILE;
  const passages: BenchPassage[] = [];
  let i = 0;
  for (const passage of corpus.items()) {
    if (i >= first + PASSAGES_PER_FILE) break;
    if (i++ >= first) passages.push(passage);
  }
  return { first, passages };
}
