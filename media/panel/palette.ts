/** Colours of the stylesheet's concept palette (`.c0` … `.c6`). */
const COLOURS = 7;

/** The class that colours a query word's chips, words and bars alike. The rest (-1) is grey. */
export function colourOf(word: number): string {
  return word < 0 ? 'crest' : `c${word % COLOURS}`;
}
