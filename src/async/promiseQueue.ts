/** A queue of asynchronous work that must not overlap: one piece runs after the other. */
export class PromiseQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when everything queued before it has settled; a failure reaches only its own caller. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when everything queued so far has settled; never rejects. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
