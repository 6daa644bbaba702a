/** Keeps segments readable until the end of every search that began with them. */
import type { Segment } from './segment/segment.ts';

export interface IndexSnapshot {
  /** Segments, oldest first; later ones override earlier ones. */
  readonly segments: readonly Segment[];
  readonly release: () => void;
}

export class IndexSnapshots {
  #readers = 0;
  readonly #retired: Segment[] = [];

  begin(segments: readonly Segment[]): IndexSnapshot {
    this.#readers++;
    let released = false;
    return {
      segments,
      release: () => {
        if (released) return;
        released = true;
        if (--this.#readers === 0) for (const segment of this.#retired.splice(0)) void segment.close();
      },
    };
  }

  /** Closes a segment that was replaced, at once or after the last search that may read it. */
  retire(segment: Segment): void {
    if (this.#readers > 0) this.#retired.push(segment);
    else void segment.close();
  }
}
