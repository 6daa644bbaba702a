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
import { levelOf, verdictOf, type Level, type Lit } from './state.ts';
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
  /** Hits that stay unfolded though another is selected, so that this one does not move. */
  #propped = new Set<string>();
  /** True if the user chose the selected hit. */
  chosen = false;

  constructor(store: Store, page: Page, windows: PassageWindows, post: (message: FromPanel) => void) {
    this.#store = store;
    this.#page = page;
    this.#windows = windows;
    this.#post = post;
  }

  /**
   * Selects a hit without moving it on screen, though the one selected before folds up. Near the top there is nothing to
   * scroll back by: where it `stays` under the pointer, what was unfolded before stays unfolded instead.
   */
  select(id: string, stays: boolean = false): void {
    if (this.#hit(id) === null) return;
    this.chosen = true;
    const { selected, levels: before } = this.#store.state;
    if (selected === id) return;
    const levels = new Map(before);
    for (const each of this.#propped) levels.delete(each);
    const propped = new Set(this.#propped);
    if (selected !== null && !before.has(selected)) propped.add(selected);
    propped.delete(id);
    this.#propped = new Set();
    const prop = (): void => {
      this.#propped = propped;
      for (const each of propped) levels.set(each, 'explained');
      this.#store.set({ levels: new Map(levels) });
    };
    const change = (): void => this.#store.set({ selected: id, levels });
    this.#page.scroller.hold(id, change, stays ? prop : undefined);
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
    this.#propped.clear();
    this.chosen = false;
    const folded = { levels: new Map(), openGroups: new Set<string>(), lit: null, comparison: null };
    this.#store.set({ verdicts: new Map(), flash: null, ...folded });
  }

  /** Shows a concept's bar and its words together; null lets go. */
  light(lit: Lit | null): void {
    const { lit: known } = this.#store.state;
    if (known?.id !== lit?.id || known?.group !== lit?.group) this.#store.set({ lit });
  }

  toggleGroup(id: string, group: string): void {
    this.select(id);
    const openGroups = new Set(this.#store.state.openGroups);
    const key = `${id}\n${group}`;
    if (!openGroups.delete(key)) openGroups.add(key);
    this.#page.scroller.hold(id, () => this.#store.set({ openGroups }));
  }

  compare(id: string, other: string | null): void {
    if (other !== null) this.select(id);
    this.#page.scroller.hold(id, () =>
      this.#store.set({ comparison: other === null ? null : { id, other } }),
    );
  }

  #setLevel(id: string, level: Level): void {
    this.#propped.delete(id);
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
