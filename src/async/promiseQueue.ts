/** Work that must not overlap, done one piece after the other. */
export class PromiseQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when everything asked for before has settled; a failure reaches its own caller alone. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when everything asked for until now has settled; never rejects. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
