/** Queries as they were, for undo and redo: what was typed and what was steered alike. */
export class Steps {
  #past: readonly string[] = [];
  #future: readonly string[] = [];
  #last: { readonly what: string; readonly time: number } | null = null;
  static readonly #LIMIT = 100;
  /** What follows within this time and is the same kind of change is one step, milliseconds. */
  static readonly #PAUSE = 800;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** The query was `before` until now; `what` tells one kind of change from another. */
  record(before: string, what: string, time: number = performance.now()): void {
    const isOne = this.#last?.what === what && time - this.#last.time < Steps.#PAUSE;
    this.#last = { what, time };
    this.#future = [];
    if (isOne || this.#past.at(-1) === before) return;
    this.#past = [...this.#past, before].slice(-Steps.#LIMIT);
  }

  /** The query before the last step; null at the beginning. */
  undo(now: string): string | null {
    const before = this.#past.at(-1);
    if (before === undefined) return null;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, now];
    this.#last = null;
    return before;
  }

  redo(now: string): string | null {
    const after = this.#future.at(-1);
    if (after === undefined) return null;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, now];
    this.#last = null;
    return after;
  }
}
