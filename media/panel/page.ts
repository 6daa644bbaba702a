import { render } from 'lit/html.js';
import type { TextRange } from '../../src/domain/textRange.ts';
import { boxIntent, listIntent, stepIntent, type Intent } from './keys.ts';
import { Scroller } from './scroller.ts';
import type { Lit } from './state.ts';
import { panelView } from './views/layout.ts';
import type { View } from './views/view.ts';

/** Events of the page other than clicks on the views' own buttons. */
export interface PageEvents {
  readonly onIntent: (intent: Intent) => void;
  /** A hit was clicked; `at` is the tinted word under the pointer, in display offsets. */
  readonly onHit: (id: string, gesture: 'click' | 'open' | 'openToSide', at: TextRange | null) => void;
  readonly onBar: (id: string, group: string) => void;
  /** The pointer or the keyboard is on a concept of a hit: its bar, its part of the score, or a word of it. */
  readonly onLight: (lit: Lit | null) => void;
  /** Text of a passage was selected; null when it no longer is. */
  readonly onPick: (text: string | null) => void;
  /** Keyboard focus went to a hit. */
  readonly onFocusHit: (id: string) => void;
  /** The user pointed at, scrolled or entered the list. */
  readonly onEngage: () => void;
  readonly onScroll: () => void;
  readonly onResize: () => void;
}

/** The document's side of the panel: draws, and turns events into `PageEvents`. */
export class Page {
  readonly #root: HTMLElement;
  readonly scroller: Scroller;
  /** While a button is pressed, focus must not unfold a hit: the content under the pointer would move away. */
  #pressed = false;

  constructor(root: HTMLElement, events: PageEvents) {
    this.#root = root;
    this.scroller = new Scroller(root);
    root.addEventListener('keydown', event => this.#onKey(event, events));
    root.addEventListener('click', event => this.#onClick(event, events));
    root.addEventListener('dblclick', event => {
      const hit = hitOf(event);
      if (hit !== null && !inButton(event)) events.onHit(hit, 'open', placeOf(event));
    });
    root.addEventListener('focusin', event => {
      if (!isHit(event.target) || this.#pressed) return;
      events.onFocusHit(event.target.dataset['id'] ?? '');
      events.onEngage();
    });
    for (const type of ['pointermove', 'pointerdown', 'wheel'] as const) {
      const listen = (event: Event): void => {
        if (type !== 'pointermove') this.scroller.letGo();
        if (inList(event)) events.onEngage();
      };
      root.addEventListener(type, listen, { passive: true });
    }
    root.addEventListener('pointerdown', () => (this.#pressed = true), { passive: true });
    for (const type of ['pointerup', 'pointercancel'] as const) {
      window.addEventListener(type, () => (this.#pressed = false), { passive: true });
    }
    for (const type of ['pointerover', 'focusin'] as const)
      root.addEventListener(type, event => events.onLight(litBy(event)), { passive: true });
    root.addEventListener('pointerleave', () => events.onLight(null), { passive: true });
    document.addEventListener('selectionchange', () => events.onPick(this.#selected()));
    root.addEventListener('scroll', () => events.onScroll(), { passive: true, capture: true });
    new ResizeObserver(() => events.onResize()).observe(root);
  }

  draw(view: View): void {
    render(panelView(view), this.#root);
  }

  /** Puts text into the query box; typing is never overwritten by drawing. */
  setQuery(query: string): void {
    const box = this.#box();
    if (box !== null && box.value !== query) box.value = query;
  }

  focusBox(select: boolean): void {
    this.#box()?.focus();
    if (select) this.#box()?.select();
  }

  /** Moves the keyboard to the button that unfolds the ways to narrow down. */
  focusFacets(): void {
    this.#root.querySelector<HTMLElement>('.facets-button')?.focus();
  }

  focusHit(id: string): void {
    const hit = this.scroller.hit(id);
    hit?.focus({ preventScroll: true });
    this.scroller.letGo();
    this.scroller.reveal(id);
  }

  /** True while the keyboard is in the list. */
  get listHasFocus(): boolean {
    return this.#root.querySelector('.hits')?.contains(document.activeElement) === true;
  }

  /** Half-width columns in a line of a passage, in steps of 4 so that resizing redraws seldom. */
  measureColumns(): number {
    const column = this.#root.querySelector<HTMLElement>('.column');
    if (column === null || column.clientWidth === 0) return 40;
    const style = getComputedStyle(column);
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) return 40;
    context.font = `${style.fontSize} ${style.fontFamily}`;
    // A typical line: spaces are narrower than half a syllable.
    const sample = '사용하고자 할 때에는 소속 부서장의 결재를 받아야 한다. ';
    const sampleColumns = Array.from(sample).reduce((sum, unit) => sum + (unit >= '가' ? 2 : 1), 0);
    const indent = 2 * Number.parseFloat(style.getPropertyValue('--edge')) + 20;
    const width = column.clientWidth - (Number.isFinite(indent) ? indent : 40);
    const columns = (width / context.measureText(sample).width) * sampleColumns;
    return Math.max(20, Math.floor(columns / 4) * 4);
  }

  /** The selected text, if it lies within one passage. */
  #selected(): string | null {
    const selection = document.getSelection();
    if (selection === null || selection.isCollapsed) return null;
    const [from, to] = [selection.anchorNode, selection.focusNode].map(
      node => node?.parentElement?.closest('.passage') ?? null,
    );
    return from !== null && from === to ? selection.toString() : null;
  }

  #box(): HTMLInputElement | null {
    return this.#root.querySelector('#query');
  }

  #onKey(event: KeyboardEvent, events: PageEvents): void {
    const inBox = event.target === this.#box();
    const intent =
      stepIntent(event) ??
      (inBox ? boxIntent(event) : hitOf(event) === null ? null : listIntent(event, inButton(event)));
    if (intent === null) return;
    event.preventDefault();
    events.onIntent(intent);
  }

  #onClick(event: MouseEvent, events: PageEvents): void {
    const id = hitOf(event);
    if (id === null) return;
    const bar = closest(event, '.reason[data-group]')?.dataset['group'];
    if (bar !== undefined) return events.onBar(id, bar);
    if (inButton(event)) return;
    // Dragging over text selects it, which is not a click on the hit.
    if (document.getSelection()?.isCollapsed === false && event.detail < 2) return;
    const onName = closest(event, '.name') !== null;
    if (event.ctrlKey || event.metaKey) events.onHit(id, 'openToSide', placeOf(event));
    else if (event.detail < 2) events.onHit(id, onName ? 'open' : 'click', placeOf(event));
  }
}

function closest(event: Event, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
}

function hitOf(event: Event): string | null {
  return closest(event, '.hit')?.dataset['id'] ?? null;
}

function litBy(event: Event): Lit | null {
  const id = hitOf(event);
  const { group, part } = closest(event, '[data-group], [data-part]')?.dataset ?? {};
  const key = group ?? part;
  return id === null || key === undefined ? null : { id, group: key };
}

function isHit(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.classList.contains('hit');
}

function inList(event: Event): boolean {
  return closest(event, '.hits') !== null;
}

function inButton(event: Event): boolean {
  return closest(event, 'button, select') !== null;
}

function placeOf(event: Event): TextRange | null {
  const { from, to } = closest(event, '[data-from]')?.dataset ?? {};
  return from === undefined || to === undefined ? null : { start: Number(from), end: Number(to) };
}
