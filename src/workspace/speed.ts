/** Measured speed of encoding, and how long the rest will take at the pace so far. */
const WINDOW = 32;
/** Too few files say nothing about the rest. */
const MIN_SETTLED = 5;

export class Speed {
  readonly #batches: { readonly tokens: number; readonly milliseconds: number; readonly passages: number }[] =
    [];
  #started = 0;
  #lastSettled = 0;

  add(tokens: number, milliseconds: number, passages: number): void {
    this.#batches.push({ tokens, milliseconds, passages });
    if (this.#batches.length > WINDOW) this.#batches.shift();
  }

  /** Over the last batches, in the model alone; 0 until the first. */
  get tokensPerSecond(): number {
    const tokens = this.#batches.reduce((sum, batch) => sum + batch.tokens, 0);
    const milliseconds = this.#batches.reduce((sum, batch) => sum + batch.milliseconds, 0);
    return milliseconds === 0 ? 0 : (tokens / milliseconds) * 1000;
  }

  /** For so many passages, in the model alone; null until the first batch. */
  secondsFor(passages: number): number | null {
    const encoded = this.#batches.reduce((sum, batch) => sum + batch.passages, 0);
    const milliseconds = this.#batches.reduce((sum, batch) => sum + batch.milliseconds, 0);
    return encoded === 0 ? null : Math.ceil((passages * milliseconds) / encoded / 1000);
  }

  /** From the files settled since the queue filled; null while there is too little to go by. */
  secondsLeft(settled: number, waiting: number): number | null {
    if (settled < this.#lastSettled || this.#started === 0) this.#started = performance.now();
    this.#lastSettled = settled;
    if (waiting === 0 || settled < MIN_SETTLED) return null;
    return Math.ceil(((performance.now() - this.#started) / settled / 1000) * waiting);
  }
}
