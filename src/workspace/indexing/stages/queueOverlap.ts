/** How many paths wait in both of two queues. */
import type { StageQueue } from './stageQueue.ts';

/** Paths that are counted at once, and milliseconds after which a longer queue is counted again. */
const SHORT = 500;
const RECOUNT = 500;

export class QueueOverlap {
  readonly #one: StageQueue;
  readonly #other: StageQueue;
  #files = 0;
  #counted = -Infinity;

  constructor(one: StageQueue, other: StageQueue) {
    this.#one = one;
    this.#other = other;
  }

  /** Of long queues as it was half a second ago at the most: clients ask many times a second. */
  get files(): number {
    const [shorter, longer] =
      this.#one.size < this.#other.size ? [this.#one, this.#other] : [this.#other, this.#one];
    const now = performance.now();
    if (shorter.size > SHORT && now - this.#counted < RECOUNT) return this.#files;
    let files = 0;
    for (const name of shorter) if (longer.has(name)) files++;
    [this.#files, this.#counted] = [files, now];
    return files;
  }
}
