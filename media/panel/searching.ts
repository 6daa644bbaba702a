import type { Channel } from '../../src/domain/channel.ts';
import type { Hit } from '../../src/domain/hit.ts';
import type { SearchQuery, SearchResult } from '../../src/domain/search.ts';
import type { QueryHistory } from './history.ts';
import { FIRST_LIMIT, LAST_LIMIT, type Memory } from './memory.ts';
import type { FromPanel, OfferedFacet } from './messages.ts';
import { keepSeenOrder, ownOrder, type ShownOrder } from './order.ts';
import type { Page } from './page.ts';
import type { Reading } from './reading.ts';
import { SearchSession, type RunningSearch } from './searchSession.ts';
import { showResult, visibleHits } from './state.ts';
import type { Store } from './store.ts';

/** Milliseconds between quiet searches while the index grows. */
const QUIET_PAUSE = 2000;
const MOST_TAKEN_BACK = 100;

/** Connects the query box with the list: starts searches and takes in their results. */
export class Searching {
  readonly #store: Store;
  readonly #page: Page;
  readonly #reading: Reading;
  readonly #history: QueryHistory;
  readonly #session: SearchSession;
  #quietTimer: ReturnType<typeof setTimeout> | undefined;
  /** The state from before the view was hidden, kept until its results are back. */
  #memory: Memory | null;
  /** True once the user has moved into the list: from then on nothing is reordered. */
  #engaged = false;
  #typing = false;
  /** The next steered query to send: a slider moves faster than an index ranks. */
  #nextSteered: string | null = null;
  /** Ids of rewritings that were taken back, until the box is empty. */
  #without: readonly string[] = [];

  constructor(
    store: Store,
    page: Page,
    reading: Reading,
    history: QueryHistory,
    memory: Memory,
    post: (message: FromPanel) => void,
  ) {
    this.#store = store;
    this.#page = page;
    this.#reading = reading;
    this.#history = history;
    this.#memory = memory;
    this.#session = new SearchSession(post, search => this.#onDidStart(search));
    page.setQuery(memory.query);
    if (memory.query.trim() !== '') this.#session.start(this.#query());
  }

  /** The text of the box changed, even by half a syllable. */
  typed(query: string): void {
    const { state } = this.#store;
    if (query === state.query) return;
    this.#memory = null;
    // A blank completes the word.
    this.#typing = !/\s$/.test(query);
    this.#store.set({ query, limit: FIRST_LIMIT, far: false });
    if (query.trim() === '') return this.#clearResults();
    this.#session.schedule(this.#query());
  }

  /** Puts a query into the box and searches it at once. */
  searchFor(query: string, channel: Channel = this.#store.state.channel): void {
    this.#memory = null;
    this.#typing = false;
    this.#page.setQuery(query);
    this.#store.set({ query, channel, limit: FIRST_LIMIT, far: false });
    if (query.trim() === '') return this.#clearResults();
    this.#session.start(this.#query());
  }

  /** Ranks again with other weights; the old order stays on screen until the new one arrives. */
  steer(query: string): void {
    this.#memory = null;
    this.#typing = false;
    this.#engaged = false;
    this.#page.setQuery(query);
    this.#store.set({ query, far: false });
    if (query.trim() === '') return this.#clearResults();
    if (this.isSteering) this.#nextSteered = query;
    else this.#session.start({ ...this.#query(), finalOnly: true }, true);
  }

  /** Whether the answer to a steered query is still to come. */
  get isSteering(): boolean {
    return this.#session.running?.finalOnly === true;
  }

  /** Searches again, but no longer for this other form of a word. */
  withoutRewriting(id: string): void {
    this.#without = [...this.#without, id].slice(-MOST_TAKEN_BACK);
    if (this.#store.state.query.trim() !== '') this.#session.start(this.#query());
  }

  setChannel(channel: Channel): void {
    this.#store.set({ channel });
    if (this.#store.state.query.trim() !== '') this.#session.start(this.#query());
  }

  loadMore(): void {
    this.#engaged = true;
    this.#store.set({ limit: LAST_LIMIT });
    this.#session.start(this.#query(), true);
  }

  /** Shows hits that match too little of the query; nothing already shown moves. */
  showFar(): void {
    const { shown, selected } = this.#store.state;
    if (shown === null) return;
    this.#store.set({ far: true });
    const { query, channel, request, result } = shown;
    const order = ownOrder(this.#visible(result));
    this.#store.set({
      shown: showResult(request, query, channel, result, order, shown),
      selected: selected ?? order.hits[0]?.id ?? null,
    });
  }

  #visible(result: SearchResult): readonly Hit[] {
    return visibleHits(result, this.#store.state.far);
  }

  /** Sends a search that waits for a pause in typing; false if none waits. */
  flush(): boolean {
    return this.#session.flush();
  }

  /** Results for the text in the box are still to come. */
  get isStale(): boolean {
    return this.#store.state.shown?.query !== this.#store.state.query;
  }

  remember(): void {
    this.#history.add(this.#store.state.query);
    this.#store.set({ recent: this.#history.queries });
  }

  step(direction: 'older' | 'newer'): void {
    const query =
      direction === 'older' ? this.#history.older(this.#store.state.query) : this.#history.newer();
    if (query === null) return;
    this.#page.setQuery(query);
    this.typed(query);
  }

  /** The user points at, scrolls or walks the list. */
  engage(): void {
    this.#engaged = true;
    this.#memory = null;
  }

  /** The index changed: searches again, but rarely enough not to disturb the indexing. */
  refresh(): void {
    if (this.#quietTimer !== undefined || this.#store.state.query.trim() === '') return;
    this.#quietTimer = setTimeout(() => {
      this.#quietTimer = undefined;
      const failed = this.#store.state.failure !== null;
      if (this.#session.running !== null || (this.isStale && !failed)) return;
      this.#session.start(this.#query(), !failed, true);
    }, QUIET_PAUSE);
  }

  /** The engine is back: unanswered searches are sent again. */
  retry(): void {
    if (this.#store.state.query.trim() !== '') this.#session.start(this.#query());
  }

  onResults(request: number, result: SearchResult, facets: readonly OfferedFacet[] = []): void {
    const search = this.#session.running;
    if (search === null || search.request !== request) return;
    if (result.stage === 'final') this.#session.finish(request);
    else if (search.quiet) return;
    const { shown } = this.#store.state;
    // The former counts stay until the new result is final.
    if (result.stage === 'final') this.#store.set({ facets });
    const first = !search.quiet && shown?.request !== request;
    if (first) this.#showFirst(search, result);
    else this.#update(search, result);
    if (result.stage === 'final') this.#memory = null;
    const next = this.#nextSteered;
    this.#nextSteered = null;
    if (search.finalOnly === true && next === this.#store.state.query) this.steer(next);
  }

  onFailed(request: number, message: string): void {
    if (this.#session.finish(request)) this.#store.set({ failure: message, searching: false });
  }

  /** Takes the newest result's own order; the user asked for it. */
  sortAnew(): void {
    const { shown, selected } = this.#store.state;
    if (shown === null) return;
    const inList = this.#page.listHasFocus;
    const order = ownOrder(this.#visible(shown.result));
    this.#engaged = false;
    const kept = order.hits.some(hit => hit.id === selected) ? selected : (order.hits[0]?.id ?? null);
    this.#store.set({ shown: { ...shown, order }, selected: kept });
    this.#page.scroller.toTop();
    if (kept !== null && inList) this.#page.focusHit(kept);
    else if (!inList) this.#page.focusBox(false);
  }

  #query(): SearchQuery {
    const { query, channel, limit } = this.#store.state;
    return { query, channel, limit, typing: this.#typing, withoutRewritings: this.#without };
  }

  #onDidStart(search: RunningSearch): void {
    if (!search.quiet) this.#store.set({ searching: true, failure: null });
  }

  #clearResults(): void {
    this.#without = [];
    this.#session.cancel();
    this.#reading.reset();
    this.#nextSteered = null;
    const steering = { steered: null, picked: null, comparison: null };
    this.#store.set({ shown: null, selected: null, searching: false, failure: null, ...steering });
  }

  /** A new query's first answer replaces everything. */
  #showFirst(search: RunningSearch, result: SearchResult): void {
    if (this.#store.state.shown?.query !== search.query) this.#reading.reset();
    this.#nextSteered = null;
    const memory = this.#memory;
    this.#engaged = false;
    this.#reading.chosen = false;
    this.#store.set({ selected: null });
    this.#show(search, result, ownOrder(this.#visible(result)), memory?.selected ?? null);
    this.#page.scroller.toTop();
    if (memory?.anchor != null) this.#page.scroller.restore(memory.anchor);
  }

  /** The final stage, or the same search over a changed index, keeps the reader's place. */
  #update(search: RunningSearch, result: SearchResult): void {
    const { shown, selected } = this.#store.state;
    const { scroller } = this.#page;
    const isSteered = search.finalOnly === true;
    // The verdicts belong to the other query.
    if (isSteered) this.#store.set({ verdicts: new Map(), comparison: null });
    const anchor = isSteered ? null : (this.#memory?.anchor ?? scroller.anchor());
    const inList = this.#page.listHasFocus;
    const order =
      this.#engaged && shown !== null
        ? keepSeenOrder(shown.order.hits, scroller.seenCount(), this.#visible(result))
        : ownOrder(this.#visible(result));
    this.#show(search, result, order, this.#memory?.selected ?? (this.#reading.chosen ? selected : null));
    if (anchor !== null) scroller.restore(anchor);
    // Whoever changes a weight looks for what comes first now.
    else if (isSteered) scroller.toTop();
    // Removing a hit removes the keyboard focus with it, so it is given back.
    if (inList && !this.#page.listHasFocus) this.#reading.enter();
  }

  #show(search: RunningSearch, result: SearchResult, order: ShownOrder, wanted: string | null): void {
    const kept = wanted !== null && order.hits.some(hit => hit.id === wanted);
    if (kept) this.#reading.chosen = true;
    this.#store.set({
      shown: showResult(search.request, search.query, search.channel, result, order, this.#store.state.shown),
      selected: kept ? wanted : (order.hits[0]?.id ?? null),
      searching: result.stage === 'lexical' && !search.quiet,
      failure: null,
    });
  }
}
