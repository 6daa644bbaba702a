import type { Hit } from '../../src/protocol.ts';
import type { FromPanel } from './messages.ts';

/** Scrolling settles for this long before the hits in view are asked for, milliseconds. */
const SETTLE = 80;
/** Hits in one question, so that what is in view is answered before what was scrolled past. */
const BATCH = 10;

/** Asks, once a hit, where its semantic tokens lit up: that costs the engine a pass of the model each. */
export class Locator {
  readonly #post: (message: FromPanel) => void;
  readonly #asked = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(post: (message: FromPanel) => void) {
    this.#post = post;
  }

  /** Forgets everything: another query lights other places. */
  reset(): void {
    this.#asked.clear();
    clearTimeout(this.#timer);
  }

  asked(id: string): boolean {
    return this.#asked.has(id);
  }

  /** Asks now. `request` is the search that brought these hits. */
  ask(hits: readonly Hit[], request: number): void {
    const ids = hits.filter(hit => !this.#asked.has(hit.id) && lacksPlaces(hit)).map(hit => hit.id);
    for (const id of ids) this.#asked.add(id);
    for (let from = 0; from < ids.length; from += BATCH) {
      this.#post({ type: 'locate', request, ids: ids.slice(from, from + BATCH) });
    }
  }

  /** Asks for what is in view once scrolling settles. */
  askSoon(hits: readonly Hit[], request: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ask(hits, request), SETTLE);
  }
}

/** True if a hit has semantic contributions whose places are not known yet. */
export function lacksPlaces(hit: Hit): boolean {
  return hit.contributions.some(
    contribution => contribution.channel === 'semantic' && contribution.ranges.length === 0,
  );
}
