import type { Hit } from '../../src/domain/hit.ts';
import type { TextRange } from '../../src/domain/textRange.ts';
import type { Verdict } from '../../src/domain/feedback.ts';
import type { Intent } from './keys.ts';
import type { FromPanel } from './messages.ts';
import type { Page } from './page.ts';
import { toSource } from './passage/displayText.ts';
import type { PassageWindows } from './passage/passageWindows.ts';
import { tintsOf } from './passage/tints.ts';
import { placeToOpen } from './place.ts';
import { BOX, moved } from './selection.ts';
import { levelOf, verdictOf, type Level } from './state.ts';
import type { Store } from './store.ts';

/** How long words stay pointed out, milliseconds; as the animation of panel.css. */
const FLASH = 1400;
const LEVELS: readonly Level[] = ['snippet', 'explained', 'whole'];

/** What is done with hits once they are there: selecting, unfolding, opening, pointing words out. */
export class Reading {
  readonly #store: Store;
  readonly #page: Page;
  readonly #windows: PassageWindows;
  readonly #post: (message: FromPanel) => void;
  #flashTimer: ReturnType<typeof setTimeout> | undefined;
  /** True if the user chose the selected hit. */
  chosen = false;

  constructor(store: Store, page: Page, windows: PassageWindows, post: (message: FromPanel) => void) {
    this.#store = store;
    this.#page = page;
    this.#windows = windows;
    this.#post = post;
  }

  /** Selects a hit without moving it on screen, though the one selected before folds up. */
  select(id: string): void {
    if (this.#hit(id) === null) return;
    this.chosen = true;
    if (this.#store.state.selected === id) return;
    this.#page.scroller.hold(id, () => this.#store.set({ selected: id }));
  }

  /** Moves the keyboard through the list; from the first hit back to the box. */
  move(to: Extract<Intent, { readonly type: 'move' }>['to']): void {
    const { shown, selected } = this.#store.state;
    const ids = shown?.order.hits.map(hit => hit.id) ?? [];
    const target = moved(ids, selected, to, this.#page.scroller.pageSize());
    if (target === BOX) return this.#page.focusBox(false);
    if (target !== null) this.focus(target);
  }

  /** Moves the keyboard from the box to the selected hit. */
  enter(): void {
    const { shown, selected } = this.#store.state;
    const id = selected ?? shown?.order.hits[0]?.id;
    if (id !== undefined) this.focus(id);
  }

  focus(id: string): void {
    this.select(id);
    this.#page.focusHit(id);
  }

  /** One step more or less of a hit's explanation. */
  unfold(id: string, step: 1 | -1): void {
    const { state } = this.#store;
    const at = LEVELS.indexOf(levelOf(state, id)) + step;
    const level = LEVELS[Math.max(0, Math.min(LEVELS.length - 1, at))]!;
    this.#setLevel(id, level);
  }

  toggleWhole(id: string): void {
    this.select(id);
    this.#setLevel(id, levelOf(this.#store.state, id) === 'whole' ? 'explained' : 'whole');
  }

  /** @param at The word to open at, in offsets of the display text; null for the best place. */
  open(id: string, at: TextRange | null, toSide: boolean, preserveFocus: boolean): void {
    const { shown } = this.#store.state;
    const hit = this.#hit(id);
    if (shown === null || hit === null) return;
    const range = at === null ? placeToOpen(hit) : toSource(this.#windows.display(hit, false), at);
    const request = shown.origins.get(id) ?? shown.request;
    this.#post({ type: 'open', request, id, range, toSide, preserveFocus });
  }

  /** Says that a hit is right or wrong; the same once more takes it back. */
  judge(id: string, verdict: 'relevant' | 'notRelevant'): void {
    const { shown } = this.#store.state;
    const hit = this.#hit(id);
    if (shown === null || hit === null || hit.waiting === true || !shown.ranks.has(id)) return;
    this.select(id);
    const request = shown.origins.get(id) ?? shown.request;
    const said = verdictOf(this.#store.state, hit);
    this.#post({ type: 'judge', request, id, verdict: said === verdict ? null : verdict });
  }

  /** The host has kept it: only now it shows. */
  onJudged(request: number, id: string, verdict: Verdict): void {
    const { shown, verdicts } = this.#store.state;
    if (shown?.origins.get(id) !== request) return;
    this.#page.scroller.hold(id, () => this.#store.set({ verdicts: new Map(verdicts).set(id, verdict) }));
  }

  /** Points a group's words out. */
  point(id: string, group: string): void {
    const hit = this.#hit(id);
    if (hit === null) return;
    this.select(id);
    if (levelOf(this.#store.state, id) === 'snippet') this.#setLevel(id, 'explained');
    this.#uncover(hit, group);
    const turn = this.#store.state.flash?.turn === 0 ? 1 : 0;
    this.#store.set({ flash: { id, group, turn } });
    this.#page.scroller.revealFlash(id);
    clearTimeout(this.#flashTimer);
    this.#flashTimer = setTimeout(() => this.#store.set({ flash: null }), FLASH);
  }

  /** Another query: nothing that was learnt about the hits holds any more. */
  reset(): void {
    this.#windows.reset();
    this.chosen = false;
    this.#store.set({ levels: new Map(), verdicts: new Map(), flash: null });
  }

  #setLevel(id: string, level: Level): void {
    const levels = new Map(this.#store.state.levels).set(id, level);
    this.#page.scroller.hold(id, () => this.#store.set({ levels }));
  }

  /** Unfolds the whole passage if none of a group's words is in the part that shows. */
  #uncover(hit: Hit, group: string): void {
    const range = this.#windows.latest(hit.id);
    if (range === null || levelOf(this.#store.state, hit.id) === 'whole') return;
    const display = this.#windows.display(hit, false);
    const own = tintsOf(hit.contributions, display).filter(tint => tint.group === group);
    const visible = own.some(tint => tint.start < range.end && tint.end > range.start);
    if (own.length > 0 && !visible) this.#setLevel(hit.id, 'whole');
  }

  #hit(id: string): Hit | null {
    return this.#store.state.shown?.order.hits.find(hit => hit.id === id) ?? null;
  }
}
