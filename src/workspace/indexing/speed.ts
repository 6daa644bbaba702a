/** Measures the speed of encoding. `pace.ts` estimates how long the waiting files will take. */
const WINDOW = 32;

export class Speed {
  readonly #batches: { readonly tokens: number; readonly milliseconds: number; readonly passages: number }[] =
    [];

  add(tokens: number, milliseconds: number, passages: number): void {
    this.#batches.push({ tokens, milliseconds, passages });
    if (this.#batches.length > WINDOW) this.#batches.shift();
  }

  /** Average over the last batches, in the model alone; 0 before the first. */
  get tokensPerSecond(): number {
    const tokens = this.#batches.reduce((sum, batch) => sum + batch.tokens, 0);
    const milliseconds = this.#batches.reduce((sum, batch) => sum + batch.milliseconds, 0);
    return milliseconds === 0 ? 0 : (tokens / milliseconds) * 1000;
  }

  /** Time for so many passages in the model alone; null before the first batch. */
  secondsFor(passages: number): number | null {
    const encoded = this.#batches.reduce((sum, batch) => sum + batch.passages, 0);
    const milliseconds = this.#batches.reduce((sum, batch) => sum + batch.milliseconds, 0);
    return encoded === 0 ? null : Math.ceil((passages * milliseconds) / encoded / 1000);
  }
}
