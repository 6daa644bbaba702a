/** Divides long work on the engine's main thread into periods of work and rest, so that searches can run in between. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds of work without a rest: the longest that a search has to wait. */
const WORK = 6;
/** Milliseconds of rest for each millisecond of work. */
const REST = 1;
/**
 * Milliseconds that work stands back for a search. Each of a search's reads would else wait for a period of work; a
 * search that takes longer waits for something else.
 */
const FOR_SEARCH = 50;

/** The searches that long work stands back for. */
export interface Searches {
  readonly isSearching: boolean;
  /** Resolves when no search is in progress, or after so many milliseconds. */
  searchesEnded(limit: number): Promise<void>;
}

/**
 * A pace for one piece of work: call it about every millisecond. With `rest` 0 it only yields to other work. However many
 * searches there are, work goes on for as long as it stood back.
 */
export function dutyCycle(searches: Searches, rest = REST): () => Promise<void> {
  let began = performance.now();
  let stoodBack = 0;
  let resumed = began;
  return async () => {
    const now = performance.now();
    if (searches.isSearching && now - resumed >= stoodBack) {
      await searches.searchesEnded(FOR_SEARCH);
      began = resumed = performance.now();
      stoodBack = resumed - now;
      return;
    }
    const worked = now - began;
    if (worked < WORK) return;
    await sleep(Math.ceil(worked * rest), undefined, { ref: false });
    began = performance.now();
  };
}
