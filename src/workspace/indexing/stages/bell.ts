/** Wakes the callers that wait for something to happen. */
export class Bell {
  #ring: () => void = () => undefined;
  #next = new Promise<void>(resolve => (this.#ring = resolve));

  /** Resolves at the next ring. */
  get rung(): Promise<void> {
    return this.#next;
  }

  ring(): void {
    const ring = this.#ring;
    this.#next = new Promise(resolve => (this.#ring = resolve));
    ring();
  }
}
