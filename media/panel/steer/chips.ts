import type { QueryChip, QueryTerm } from '../../../src/domain/query.ts';
import type { SearchResult } from '../../../src/domain/search.ts';
import type { TextRange } from '../../../src/domain/textRange.ts';

/** Something of the query whose weight a person may change. */
export interface SteerChip {
  /** Unique in its result, and the same after its weight has changed. */
  readonly key: string;
  readonly kind: 'word' | 'dimension';
  readonly name: string;
  /** Index into `SearchResult.words`: its colour. */
  readonly word: number;
  /** Of a word, how many times it counts; of a dimension, its weight. 0: it is off. */
  readonly weight: number;
  /** A slider's end. */
  readonly most: number;
  /** The part of the query that says the weight, where the person has said it. */
  readonly own: QueryChip | null;
  /** How a dimension is named in the query. */
  readonly written: string;
  /** A word's place in the query. */
  readonly range: TextRange;
  /** The model added it. */
  readonly expansion: boolean;
}

const MOST_FOR_WORDS = 10;
/** The query language has no weight for a single Latin letter (`x^2` is a formula). */
const WEIGHABLE = /[가-힣一-鿿]|\p{L}.*\p{L}/u;
const WITH_WORDS: ReadonlySet<QueryChip['kind']> = new Set(['word', 'phrase', 'weight', 'added']);

/** Words in their order, then the dimensions that the model or the person added, heaviest first. */
export function steerChips(
  { words, terms, chips }: Pick<SearchResult, 'words' | 'terms' | 'chips'>,
  labels: readonly string[],
): readonly SteerChip[] {
  const dimensions = chips.filter(({ kind }) => kind === 'dimension');
  const most = Math.ceil(2 * Math.max(1, ...terms.map(({ weight }) => weight)));
  return [...wordChips(words, chips, labels), ...dimensionChips(terms, dimensions, most)];
}

function wordChips(
  words: SearchResult['words'],
  chips: readonly QueryChip[],
  labels: readonly string[],
): SteerChip[] {
  return words.flatMap(({ text, range }, word): SteerChip[] => {
    const over = chips.filter(({ range: { start, end } }) => start < range.end && range.start < end);
    // A dimension that stands for itself is a chip of its own.
    if (text === '' || over.some(({ kind }) => kind === 'dimension')) return [];
    const own = over.find(({ kind, negative }) => WITH_WORDS.has(kind) && !negative) ?? null;
    if (own === null && !WEIGHABLE.test(text)) return [];
    const name = labels[word] ?? text;
    const weight = own?.weight ?? 1;
    const rest = { word, weight, most: MOST_FOR_WORDS, own, written: '', range, expansion: false };
    return [{ key: `word ${word}`, kind: 'word', name, ...rest }];
  });
}

function dimensionChips(
  terms: readonly QueryTerm[],
  dimensions: readonly QueryChip[],
  most: number,
): SteerChip[] {
  const nowhere = { start: 0, end: 0 };
  const saysOf = ({ written, token }: QueryTerm): QueryChip | null =>
    dimensions.find(({ text }) => text === written) ?? dimensions.find(({ text }) => text === token) ?? null;
  const owned = new Set<QueryChip>();
  const shown = terms.flatMap((term): SteerChip[] => {
    const own = saysOf(term);
    if (own !== null) owned.add(own);
    else if (!term.expansion) return [];
    const { token: name, word, weight, written, expansion } = term;
    const key = `dimension ${own?.text ?? written}`;
    return [{ key, kind: 'dimension', name, word, weight, most, own, written, range: nowhere, expansion }];
  });
  // What was turned off is no term any more; it stays to be turned on again.
  const off = dimensions
    .filter(own => !owned.has(own) && own.weight === 0)
    .map((own): SteerChip => {
      const { text, weight } = own;
      const rest = { word: -1, weight, most, own, written: text, range: nowhere, expansion: true };
      return { key: `dimension ${text}`, kind: 'dimension', name: nameIn(text), ...rest };
    });
  return [...shown, ...off];
}

/** `휴가#1204`: 휴가. */
function nameIn(written: string): string {
  return written.replace(/(?<=.)#\d+$/u, '');
}

/** Half-width columns of a chip beside its name: margins, the sign and the weight. */
const CHIP_COLUMNS = 9;

/** How many chips stand in a line of so many half-width columns; one at least. */
export function fittingChips(chips: readonly Pick<SteerChip, 'name'>[], columns: number): number {
  let used = 0;
  for (const [index, { name }] of chips.entries()) {
    used += CHIP_COLUMNS + Array.from(name).reduce((sum, unit) => sum + (unit >= '\u1100' ? 2 : 1), 0);
    if (used > columns) return Math.max(1, index);
  }
  return chips.length;
}
