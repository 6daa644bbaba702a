import type { Anchor } from './memory.ts';

/** A restored place has settled when it stood still for so many frames. */
const STILL_FRAMES = 5;
/** When something else keeps moving it, the restoring ends: a second at 60 frames. */
const SETTLING_FRAMES = 60;

/** The scrolling list: what is in view, and how to keep it there while hits come and go. */
export class Scroller {
  readonly #root: HTMLElement;
  #frame = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  get element(): HTMLElement | null {
    return this.#root.querySelector('.results');
  }

  hit(id: string): HTMLElement | null {
    return this.#hits().find(hit => hit.dataset['id'] === id) ?? null;
  }

  /** The topmost hit in view, and how far it is scrolled out. Null at the very top, which needs no anchor. */
  anchor(): Anchor | null {
    const element = this.element;
    if (element === null || element.scrollTop <= 0) return null;
    const top = element.getBoundingClientRect().top;
    const first = this.#hits().find(hit => hit.getBoundingClientRect().bottom > top);
    const id = first?.dataset['id'];
    return first === undefined || id === undefined
      ? null
      : { id, offset: top - first.getBoundingClientRect().top };
  }

  /**
   * Scrolls so that the anchor stands where it stood, and again while hits near it, whose heights were only
   * estimated (`content-visibility`), are laid out.
   */
  restore(anchor: Anchor): void {
    this.letGo();
    this.#settle(anchor, STILL_FRAMES, SETTLING_FRAMES);
  }

  /** Stops settling: the user scrolls now. */
  letGo(): void {
    cancelAnimationFrame(this.#frame);
  }

  #settle(anchor: Anchor, still: number, frames: number): void {
    const element = this.element;
    const hit = this.hit(anchor.id);
    if (element === null || hit === null) return;
    const offset = element.getBoundingClientRect().top - hit.getBoundingClientRect().top;
    const moved = Math.abs(anchor.offset - offset) >= 1;
    if (moved) element.scrollTop += anchor.offset - offset;
    const left = moved ? STILL_FRAMES : still - 1;
    if (left > 0 && frames > 0) {
      this.#frame = requestAnimationFrame(() => this.#settle(anchor, left, frames - 1));
    }
  }

  /**
   * Makes a change while a hit stays where it is on screen. `otherwise` is a change that is made in addition where the
   * list's end keeps it from staying.
   */
  hold(id: string, change: () => void, otherwise?: () => void): void {
    const before = this.hit(id)?.getBoundingClientRect().top;
    change();
    if (before === undefined) return;
    this.#bringTo(id, before);
    if (otherwise === undefined || Math.abs(this.#distance(id, before)) < 1) return;
    otherwise();
    this.#bringTo(id, before);
  }

  #bringTo(id: string, top: number): void {
    const moved = this.#distance(id, top);
    if (this.element !== null && moved !== 0) this.element.scrollTop += moved;
  }

  /** How far a hit is below a place, in pixels. */
  #distance(id: string, top: number): number {
    return (this.hit(id)?.getBoundingClientRect().top ?? top) - top;
  }

  toTop(): void {
    this.letGo();
    if (this.element !== null) this.element.scrollTop = 0;
  }

  reveal(id: string): void {
    this.hit(id)?.scrollIntoView({ block: 'nearest' });
  }

  revealFlash(id: string): void {
    this.hit(id)?.querySelector('.flash')?.scrollIntoView({ block: 'nearest' });
  }

  /** How many hits, from the first, have come into view so far: all that end above the lower edge, and one. */
  seenCount(): number {
    const bottom = this.element?.getBoundingClientRect().bottom ?? 0;
    const hits = this.#hits();
    const hidden = hits.findIndex(hit => hit.getBoundingClientRect().top >= bottom);
    return hidden < 0 ? hits.length : hidden;
  }

  /** How many hits a page key moves over: those in view but one. */
  pageSize(): number {
    const box = this.element?.getBoundingClientRect();
    if (box === undefined) return 1;
    const inView = this.#hits().filter(hit => {
      const { top, bottom } = hit.getBoundingClientRect();
      return bottom > box.top && top < box.bottom;
    });
    return Math.max(1, inView.length - 1);
  }

  #hits(): HTMLElement[] {
    return Array.from(this.#root.querySelectorAll<HTMLElement>('.hit'));
  }
}
