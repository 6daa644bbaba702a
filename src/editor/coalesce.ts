/** Gathers values for a while and hands them on together, each once. */
export class Coalescer<T> {
  readonly #delay: number;
  readonly #flush: (values: readonly T[]) => void;
  readonly #values = new Set<T>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `delay` in milliseconds, counted from the first value: a stream of events can't postpone it for ever. */
  constructor(delay: number, flush: (values: readonly T[]) => void) {
    this.#delay = delay;
    this.#flush = flush;
  }

  add(value: T): void {
    this.#values.add(value);
    this.#timer ??= setTimeout(() => this.flush(), this.#delay);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#values.size === 0) return;
    const values = [...this.#values];
    this.#values.clear();
    this.#flush(values);
  }

  /** Drops the gathered values. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#values.clear();
  }
}
