/** Measures the speed of a transfer over the last seconds, and the time that the rest will take. */
const WINDOW = 8_000;

export class TransferSpeed {
  readonly #now: () => number;
  #samples: { readonly time: number; readonly bytes: number }[] = [];

  /** `now` in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * Adds a measurement; `bytes` are those present now. A lower number (a file started again) restarts the measurement.
   */
  add(bytes: number): void {
    const time = this.#now();
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = [];
    this.#samples.push({ time, bytes });
    while (this.#samples.length > 2 && time - this.#samples[0]!.time > WINDOW) this.#samples.shift();
  }

  /** 0 until there is enough data. */
  get bytesPerSecond(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined || last.time === first.time) return 0;
    return ((last.bytes - first.bytes) / (last.time - first.time)) * 1000;
  }

  /** Seconds for `rest` more bytes; null until there is enough data. */
  secondsLeft(rest: number): number | null {
    const speed = this.bytesPerSecond;
    return speed > 0 ? Math.ceil(rest / speed) : null;
  }
}
