/** Steers a query: the weights of the model's dimensions, and words that the model did not read. */
import { stemOf } from '../../text/words.ts';
import type { EncodedQuery, SemanticTerm } from './encodedQuery.ts';
import type { ParsedQuery } from './language/parsedQuery.ts';

/**
 * Sets the weights that the person gave, and adds the dimensions of added words. The model has read the query as
 * though none of this were there, so steering never runs it. What counts nothing is left out.
 */
export function steered(
  query: EncodedQuery,
  { added, dimensions }: Pick<ParsedQuery, 'added' | 'dimensions'>,
  names: readonly string[],
): EncodedQuery {
  const terms = new Map(query.semantic.map(term => [term.dimension, term]));
  const words = [...query.words];
  const unit = unitOf(query.semantic);
  for (const { range, weight } of added)
    for (const [word, { range: own }] of words.entries()) {
      if (own.start >= range.end || range.start >= own.end) continue;
      const dimension = dimensionOf(stemOf(query.text.slice(own.start, own.end)), names, terms);
      if (dimension === null) continue;
      terms.set(dimension, { ...termOf(dimension, names), weight: weight * unit, word, expansion: false });
    }
  for (const { name, range, weight } of dimensions) {
    const dimension = dimensionOf(name, names, terms);
    if (dimension === null) continue;
    const known = terms.get(dimension);
    const own = known ?? { ...termOf(dimension, names), word: words.length, expansion: false };
    // A dimension that the query's words do not light stands for itself.
    if (known === undefined) words.push({ text: names[dimension]!, range });
    terms.set(dimension, { ...own, weight });
  }
  return counting({ ...query, words, semantic: [...terms.values()] });
}

function counts({ weight }: { readonly weight: number }): boolean {
  return weight > 0;
}

/** Without what counts nothing. */
export function counting(query: EncodedQuery): EncodedQuery {
  return {
    ...query,
    lexical: query.lexical.filter(counts),
    rewritten: query.rewritten.filter(counts),
    semantic: query.semantic.filter(counts),
  };
}

function termOf(
  dimension: number,
  names: readonly string[],
): Pick<SemanticTerm, 'dimension' | 'name' | 'written'> {
  return { dimension, name: names[dimension]!, written: writtenDimension(dimension, names) };
}

/** The weight of a plain word of this query in the model's measure: the mean of its words' heaviest own dimensions. */
function unitOf(terms: readonly SemanticTerm[]): number {
  const heaviest = new Map<number, number>();
  for (const { word, weight, expansion } of terms)
    if (!expansion) heaviest.set(word, Math.max(weight, heaviest.get(word) ?? 0));
  if (heaviest.size === 0) return Math.max(0, ...terms.map(({ weight }) => weight)) || 1;
  return [...heaviest.values()].reduce((sum, weight) => sum + weight, 0) / heaviest.size;
}

/**
 * The dimension that is written so: `휴가`, `휴가#1204` or `#1204`. A number counts where its dimension has the name
 * that stands before it, else the name alone, so that a query from another model still says something. Of several with
 * one name it is the one that the query has already.
 */
export function dimensionOf(
  written: string,
  names: readonly string[],
  known: ReadonlyMap<number, unknown> = new Map(),
): number | null {
  const [, name = written, number] = NUMBERED.exec(written) ?? [];
  const numbered = number === undefined ? null : Number(number);
  if (
    numbered !== null &&
    numbered < names.length &&
    (name === '' || keyOf(names[numbered]!) === keyOf(name))
  )
    return numbered;
  const own = byName(names).get(keyOf(name)) ?? [];
  const exact = own.filter(dimension => names[dimension]!.normalize('NFC') === name.normalize('NFC'));
  const among = exact.length > 0 ? exact : own;
  return among.find(dimension => known.has(dimension)) ?? among[0] ?? null;
}

/** How a dimension is named in a query: so that `dimensionOf` finds it again. */
export function writtenDimension(dimension: number, names: readonly string[]): string {
  const name = names[dimension] ?? '';
  // The parser reads the search form, in which one sign may be several words.
  if (!WRITABLE.test(name) || !WRITABLE.test(keyOf(name))) return `#${dimension}`;
  const own = byName(names).get(keyOf(name))!;
  const isAlone = own.filter(each => names[each]!.normalize('NFC') === name.normalize('NFC')).length === 1;
  return isAlone ? name : `${name}#${dimension}`;
}

const NUMBERED = /^(.*)#(\d{1,9})$/su;
/** A name that needs no quotation marks, and reads the same in the search form. */
const WRITABLE = /^[\p{L}\p{N}]+$/u;

function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

const indexes = new WeakMap<readonly string[], ReadonlyMap<string, readonly number[]>>();

/** A model has tens of thousands of names: they are looked through once. */
function byName(names: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const known = indexes.get(names);
  if (known !== undefined) return known;
  const found = new Map<string, number[]>();
  for (const [dimension, name] of names.entries()) {
    const key = keyOf(name);
    const list = found.get(key);
    if (list === undefined) found.set(key, [dimension]);
    else list.push(dimension);
  }
  indexes.set(names, found);
  return found;
}
