/** Counts the paths that wait in both of two queues. */
import type { StageQueue } from './stageQueue.ts';

/** Queues up to this length are counted at once, longer ones again after so many milliseconds at least. */
const SHORT = 500;
const RECOUNT = 500;
/** A count rests for so many times of what it took: 100,000 files on a loaded machine take half a second. */
const REST = 30;

export class QueueOverlap {
  readonly #one: StageQueue;
  readonly #other: StageQueue;
  #files = 0;
  #nextCount = -Infinity;

  constructor(one: StageQueue, other: StageQueue) {
    this.#one = one;
    this.#other = other;
  }

  /** For long queues, the count of a moment ago: clients ask many times a second. */
  get files(): number {
    const [shorter, longer] =
      this.#one.size < this.#other.size ? [this.#one, this.#other] : [this.#other, this.#one];
    const begin = performance.now();
    if (shorter.size > SHORT && begin < this.#nextCount) return Math.min(this.#files, shorter.size);
    let files = 0;
    for (const name of shorter) if (longer.has(name)) files++;
    const end = performance.now();
    [this.#files, this.#nextCount] = [files, end + Math.max(RECOUNT, REST * (end - begin))];
    return files;
  }
}
