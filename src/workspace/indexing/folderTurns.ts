/** Orders the operations on open folders: changes run one after the other, and searches wait for them. */
import type { Searches } from './dutyCycle.ts';
import { Bell } from './stages/bell.ts';

/** Milliseconds that a change waits for earlier searches: a search that hangs must not block it. */
const SEARCH_LIMIT = 5_000;

/**
 * Several clients open and close the same folder as they come and go. Without an order among them, a search could meet
 * a folder that is closed for a moment, find no index, and answer that nothing was found.
 */
export class FolderTurns implements Searches {
  readonly #changes = new Map<string, Promise<unknown>>();
  readonly #searches = new Map<string, Set<Promise<unknown>>>();
  readonly #bell = new Bell();

  /** Opens, closes or empties a folder after all changes that were requested before. */
  change<T>(folder: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#changes.get(folder) ?? Promise.resolve()).then(work, work);
    this.#changes.set(folder, turn);
    void this.#forget(folder, turn);
    return turn;
  }

  async #forget(folder: string, turn: Promise<unknown>): Promise<void> {
    await Promise.allSettled([turn]);
    if (this.#changes.get(folder) === turn) this.#changes.delete(folder);
  }

  /** Runs a search over folders once none of them is being changed. */
  async search<T>(folders: readonly string[], work: () => Promise<T>): Promise<T> {
    for (;;) {
      const changes = folders.flatMap(folder => this.#changes.get(folder) ?? []);
      if (changes.length === 0) break;
      await Promise.allSettled(changes);
    }
    // Started in the same step as the last look: whatever is requested from here on waits for it.
    const search = work();
    for (const folder of folders) {
      const searches = this.#searches.get(folder) ?? new Set();
      this.#searches.set(folder, searches.add(search));
    }
    try {
      return await search;
    } finally {
      for (const folder of folders) {
        const searches = this.#searches.get(folder);
        searches?.delete(search);
        if (searches?.size === 0) this.#searches.delete(folder);
      }
      if (!this.isSearching) this.#bell.ring();
    }
  }

  get isSearching(): boolean {
    return this.#searches.size > 0;
  }

  async searchesEnded(limit: number): Promise<void> {
    if (this.isSearching) await orAfter(this.#bell.rung, limit);
  }

  /** Resolves when the searches in progress in a folder have ended or have taken too long. */
  async searched(folder: string): Promise<void> {
    const searches = this.#searches.get(folder);
    if (searches === undefined) return;
    await orAfter(Promise.allSettled(searches), SEARCH_LIMIT);
  }
}

/** Resolves with the work, or after so many milliseconds. */
async function orAfter(work: Promise<unknown>, limit: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, limit);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
