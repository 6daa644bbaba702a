/** A query's words as the model reads them: without the gaps that operators leave. */
import type { SparseVector } from '../../index/sparseVector.ts';
import type { MappedText } from '../../text/normalize.ts';

/** Runs of blanks as one, none at either end; with places in the source. */
export function collapseBlanks(source: string): MappedText {
  let text = '';
  const starts: number[] = [];
  for (const word of source.matchAll(/\S+/gu)) {
    if (text !== '') {
      starts.push(word.index - 1);
      text += ' ';
    }
    for (let i = 0; i < word[0].length; i++) starts.push(word.index + i);
    text += word[0];
  }
  starts.push(source.length);
  return { text, starts: Uint32Array.from(starts) };
}

/** A vector of the collapsed text, its places those of the source. */
export function inSource(vector: SparseVector, { starts }: MappedText): SparseVector {
  const places = vector.places.map(place => starts[Math.min(place, starts.length - 1)]!);
  return { ...vector, places };
}
