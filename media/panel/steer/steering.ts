import type { Page } from '../page.ts';
import type { Searching } from '../searching.ts';
import type { Store } from '../store.ts';
import type { SteerChip } from './chips.ts';
import { pinned, toggled, weighed, withWord, withoutWord, type SteerFields } from './edits.ts';
import { Steps } from './steps.ts';

/** The kind of change that a browser's own box takes back as well. */
export const TYPED = 'typed';

/** Changes what is asked by its chips: each change is one of the query's text, and can be taken back. */
export class Steering {
  readonly #store: Store;
  readonly #page: Page;
  readonly #searching: Searching;
  readonly #steps = new Steps();

  constructor(store: Store, page: Page, searching: Searching) {
    this.#store = store;
    this.#page = page;
    this.#searching = searching;
  }

  /** To be called before the query changes in any way: `what` tells kinds of changes apart. */
  record(what: string): void {
    this.#steps.record(this.#store.state.query, what);
    if (what !== TYPED) this.#store.set({ isSteered: true });
    this.#showSteps();
  }

  weigh(chip: SteerChip, weight: number): void {
    this.#edit(query => weighed(query, chip, weight, this.#fields), `weigh ${chip.key}`);
  }

  toggle(chip: SteerChip): void {
    this.#edit(query => toggled(query, chip, this.#fields), `toggle ${performance.now()}`);
  }

  pin(chip: SteerChip): void {
    this.#edit(query => pinned(query, chip, this.#fields), `pin ${performance.now()}`);
  }

  addWord(word: string): void {
    this.#letGo();
    const { query } = this.#store.state;
    this.#steer(withWord(query, word, this.#fields), 'add');
  }

  /** Hides hits, so it is asked like any other query. */
  excludeWord(word: string): void {
    this.#letGo();
    this.record('exclude');
    this.#store.set({ steered: null });
    this.#searching.searchFor(withoutWord(this.#store.state.query, word));
  }

  undo(): void {
    this.#go(this.#steps.undo(this.#store.state.query));
  }

  redo(): void {
    this.#go(this.#steps.redo(this.#store.state.query));
  }

  #go(query: string | null): void {
    this.#showSteps();
    if (query !== null) this.#searching.steer(query);
  }

  /** Chips speak of the result on screen; while another text stands in the box they are of no use. */
  #edit(change: (query: string) => string, what: string): void {
    const { shown, query } = this.#store.state;
    if (shown === null || (shown.query !== query && !this.#searching.isSteering)) return;
    this.#steer(change(shown.query), what);
  }

  #steer(query: string, what: string): void {
    if (query === this.#store.state.query) return;
    this.record(what);
    this.#searching.steer(query);
  }

  get #fields(): SteerFields {
    const { text } = this.#store.state;
    return { dimension: text.fieldDimension, added: text.fieldAdded };
  }

  #letGo(): void {
    document.getSelection()?.removeAllRanges();
    this.#store.set({ picked: null });
    this.#page.focusBox(false);
  }

  #showSteps(): void {
    const { canUndo, canRedo } = this.#steps;
    this.#store.set({ canUndo, canRedo });
  }
}
