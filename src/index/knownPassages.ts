/** Passages by their content address: equal text is encoded once. */
import type { Segment } from './segment.ts';

export interface KnownPassage {
  readonly segment: Segment;
  readonly passage: number;
}

export class KnownPassages {
  /** Made when it is first asked for: an index that is only searched needs none. */
  #byHash: Map<string, KnownPassage> | null = null;

  find(hash: string, segments: readonly Segment[]): KnownPassage | null {
    if (this.#byHash === null) {
      this.#byHash = new Map();
      for (const segment of segments) this.add(segment);
    }
    return this.#byHash.get(hash) ?? null;
  }

  add(segment: Segment): void {
    if (this.#byHash === null) return;
    for (let p = 0; p < segment.passageCount; p++) this.#byHash.set(segment.hash(p), { segment, passage: p });
  }

  forget(): void {
    this.#byHash = null;
  }
}
