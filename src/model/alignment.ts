/**
 * Finds the place of each token in the text it came from. The tokenizer library gives tokens without offsets, so the
 * tokens are walked along the text, both in the tokenizer's own normal form.
 */
import { mapClusters } from '../text/normalize.ts';
import { bytesOf } from './byteLevel.ts';

/** Blanks, and the marks that tokenizers put in their place, are skipped in the comparison. */
const IGNORED = /[\s\u2581\u0120]/;
/** Distance to look ahead for a token after one that could not be matched (an unknown piece). */
const WINDOW = 256;

/**
 * UTF-16 offset in `source` at which each token starts. `tokens` are the pieces of `source` alone, in order,
 * without special tokens. A piece that can't be matched (unknown to the vocabulary) gets the place where
 * the walk stood. Never throws; offsets never decrease.
 */
export function alignTokens(
  source: string,
  tokens: readonly string[],
  normalize: (text: string) => string,
  byteLevel: boolean,
): Uint32Array {
  const mapped = mapClusters(source, cluster => normalize(cluster));
  const places: number[] = [];
  let form = '';
  for (let i = 0; i < mapped.text.length; i++) {
    const unit = mapped.text[i]!;
    if (IGNORED.test(unit)) continue;
    for (const piece of byteLevel ? bytesOf(mapped.text, i) : [unit]) {
      form += piece;
      places.push(mapped.starts[i]!);
    }
  }
  const starts = new Uint32Array(tokens.length);
  let at = 0;
  tokens.forEach((token, index) => {
    const visible = visibleOf(token, byteLevel);
    if (visible !== '' && !form.startsWith(visible, at)) {
      const found = form.slice(at, at + WINDOW).indexOf(visible);
      if (found > 0) at += found;
    }
    starts[index] = places[at] ?? source.length;
    if (visible !== '' && form.startsWith(visible, at)) at += visible.length;
  });
  return starts;
}

/** A piece without word-boundary marks: `▁` (SentencePiece), `##` (WordPiece), `Ġ` (byte-level). */
function visibleOf(token: string, byteLevel: boolean): string {
  if (byteLevel) return token.replaceAll('\u0120', '').replaceAll('\u010a', '');
  const bare = token.startsWith('##') && token.length > 2 ? token.slice(2) : token;
  return [...bare].filter(unit => !IGNORED.test(unit)).join('');
}
