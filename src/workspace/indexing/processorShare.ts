/** How much of the processor the model may take: after each batch it rests for as long as its share demands. */
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after a key or a change for which a person counts as at work. */
const AT_WORK = 10_000;
/** Milliseconds: a batch that was slow for other reasons must not make a long rest. */
const LONGEST_REST = 2_000;

export class ProcessorShare {
  /** What the person allows, 0.1 to 1. */
  wanted = 1;
  readonly #cores: number;
  readonly #now: () => number;
  #workedAt = -Infinity;

  constructor(
    cores: number = os.availableParallelism?.() ?? os.cpus().length,
    now: () => number = () => performance.now(),
  ) {
    this.#cores = cores;
    this.#now = now;
  }

  /** The person types: a core is theirs. */
  personWorks(): void {
    this.#workedAt = this.#now();
  }

  get share(): number {
    if (this.#now() - this.#workedAt > AT_WORK) return this.wanted;
    return Math.min(this.wanted, Math.max(0.5, (this.#cores - 1) / this.#cores));
  }

  /** Milliseconds of rest after so many of work. */
  restAfter(milliseconds: number): number {
    return Math.min(LONGEST_REST, milliseconds * (1 / this.share - 1));
  }

  async rest(milliseconds: number): Promise<void> {
    const rest = this.restAfter(milliseconds);
    if (rest >= 1) await sleep(rest, undefined, { ref: false });
  }
}
