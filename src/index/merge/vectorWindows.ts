/**
 * Reads the vectors of a segment's passages. There is no index from passages to their weights, so all lists
 * are scanned for a window of neighbouring passages at once, and the window is kept. Files that are saved,
 * renamed or moved together are neighbours.
 */
import type { Segment } from '../segment/segment.ts';
import type { SparseVector } from '../sparseVector.ts';
import { VectorRows } from './vectorRows.ts';

/** Number of passages in a window. */
const WINDOW = 1_024;
/** Number of windows that are kept. */
const KEPT = 2;

interface Window {
  readonly segment: Segment;
  readonly number: number;
  readonly vectors: Promise<readonly SparseVector[]>;
}

export class VectorWindows {
  /** Windows; the most recently used stands last. */
  #windows: readonly Window[] = [];

  /** Ranks with names; rejects with `DamagedError`. */
  async vector(segment: Segment, passage: number): Promise<SparseVector> {
    const number = Math.floor(passage / WINDOW);
    const same = (window: Window): boolean => window.segment === segment && window.number === number;
    const window = this.#windows.find(same) ?? { segment, number, vectors: windowOf(segment, number) };
    this.#windows = [...this.#windows.filter(other => !same(other)), window].slice(-KEPT);
    window.vectors.catch(() => this.forget());
    return (await window.vectors)[passage % WINDOW]!;
  }

  forget(): void {
    this.#windows = [];
  }
}

function windowOf(segment: Segment, number: number): Promise<SparseVector[]> {
  return vectorsOf(segment, number * WINDOW, Math.min(segment.passageCount, (number + 1) * WINDOW));
}

/** Resolves to the vectors of passages `[first, end)`. Rejects with `DamagedError`. */
export async function vectorsOf(segment: Segment, first: number, end: number): Promise<SparseVector[]> {
  const rows = new VectorRows(end - first);
  await segment.semanticLists.weightsOf(first, end, (passage, dimension, weight, place) =>
    rows.add(passage - first, dimension, weight, place),
  );
  return Array.from({ length: end - first }, (_, i) => rows.vector(i));
}
