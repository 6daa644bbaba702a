import type { SearchQuery } from '../../src/domain/search.ts';
import type { FromPanel } from './messages.ts';

/** A search that was sent. `quiet`: its result is already on screen, for an older index or with other weights. */
export interface RunningSearch extends SearchQuery {
  readonly request: number;
  readonly quiet: boolean;
}

/** Time after the last keystroke before a search is sent, milliseconds. */
const DEBOUNCE = 120;

/** Sends one search at a time: waits for a pause in typing, cancels outdated searches, numbers requests. */
export class SearchSession {
  readonly #post: (message: FromPanel) => void;
  readonly #onDidStart: (search: RunningSearch) => void;
  #lastRequest = 0;
  #running: RunningSearch | null = null;
  #waiting: { readonly timer: ReturnType<typeof setTimeout>; readonly query: SearchQuery } | null = null;

  constructor(post: (message: FromPanel) => void, onDidStart: (search: RunningSearch) => void) {
    this.#post = post;
    this.#onDidStart = onDidStart;
  }

  /** The search whose answer is awaited. */
  get running(): RunningSearch | null {
    return this.#running;
  }

  /** Searches once the typing pauses. */
  schedule(query: SearchQuery): void {
    this.#stopWaiting();
    this.#waiting = { query, timer: setTimeout(() => this.start(query), DEBOUNCE) };
  }

  /** Starts what is scheduled now; false if nothing was. */
  flush(): boolean {
    if (this.#waiting === null) return false;
    this.start(this.#waiting.query);
    return true;
  }

  start(query: SearchQuery, quiet: boolean = false, isRefresh: boolean = false): void {
    this.cancel();
    this.#lastRequest += 1;
    this.#running = { ...query, request: this.#lastRequest, quiet };
    this.#post({ type: 'search', request: this.#lastRequest, isRefresh, search: query });
    this.#onDidStart(this.#running);
  }

  /** Drops what is scheduled or running. */
  cancel(): void {
    this.#stopWaiting();
    if (this.#running === null) return;
    this.#post({ type: 'cancel', request: this.#running.request });
    this.#running = null;
  }

  /** The awaited search ended; false if the answer is stale. */
  finish(request: number): boolean {
    if (this.#running?.request !== request) return false;
    this.#running = null;
    return true;
  }

  #stopWaiting(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting.timer);
    this.#waiting = null;
  }
}
