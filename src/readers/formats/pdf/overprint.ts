/** Finds text that a page draws a second time at the same place, to make it look bold or to give it a shadow. */

export interface DrawnAt {
  readonly left: number;
  readonly y: number;
  readonly size: number;
  readonly turn: number;
}

/** In font sizes: a second drawing is no farther from the first. */
const OFFSET = 0.2;
/** A page that draws one text at more places is a pattern; later places are not compared. */
const MAX_PLACES = 200;

export class Overprint {
  readonly #drawn = new Map<string, DrawnAt[]>();

  /** Whether the page has drawn this text here before; remembers it otherwise. */
  isRepeated(text: string, place: DrawnAt): boolean {
    const places = this.#drawn.get(text);
    if (places === undefined) {
      this.#drawn.set(text, [place]);
      return false;
    }
    if (places.some(drawn => isSame(drawn, place))) return true;
    if (places.length < MAX_PLACES) places.push(place);
    return false;
  }
}

function isSame(a: DrawnAt, b: DrawnAt): boolean {
  const most = OFFSET * Math.min(a.size, b.size);
  return a.turn === b.turn && Math.abs(a.left - b.left) <= most && Math.abs(a.y - b.y) <= most;
}
