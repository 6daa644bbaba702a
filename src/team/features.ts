/**
 * A passage as the server keeps it: named features with a weight.
 *
 * - `semantic`: the model's dimensions, by number;
 * - `prose`: lexical terms that stand in text or headings; `beside`: those that stand in metadata alone. The weight is
 *   the term's frequency over the passage's length norm, so that the server's `saturation` function with k1 as its
 *   pivot is BM25's: f / (f + k1 · norm) = (f / norm) / (f / norm + k1).
 *
 * The norm needs the collection's average length, which changes; the one that the index began with is written into it
 * (`IndexMeta.averageLength`), the pivot of a query makes up for most of the difference, and the client scores what
 * the server found once more (`search/scoring.ts`), from `packedFeatures.ts`.
 */
import { createHash } from 'node:crypto';
import { BM25, frequencyOf } from '../search/ranking/bm25.ts';
import { isInProse, sumOfCounts } from '../index/segment/termCounts.ts';
import { termsIn } from '../index/segment/termCounts.ts';
import type { TermCounts } from '../index/records.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import { detached } from '../text/recentWords.ts';
import { isKoreanTerm } from '../text/terms.ts';
import { packFeatures, type PackedTerm } from './packedFeatures.ts';

export type Features = Readonly<Record<string, number>>;

export interface PassageFeatures {
  readonly semantic: Features;
  readonly prose: Features;
  readonly beside: Features;
  /** `packFeatures`: the same for the client, exactly. */
  readonly packed: string;
  /** BM25's document length. */
  readonly length: number;
}

/** Digits of a weight; the server keeps nine bits of it, and those lose up to 3.9e-3. */
const DIGITS = 5;
/** Maximum number of names in the cache; a corpus has some hundred thousand terms. */
const MOST_NAMES = 400_000;
/** Terms of the vocabulary, which BM25 does not count, begin with one of these. */
const FIRST_OF_TERMS = '\u0004';
/** Prefix of a syllable, standing for all terms that begin with it. */
const PREFIX = '^';
/** Prefix of the name of a file or folder. */
const NAME = '=';

export interface FeatureName {
  readonly name: string;
  /** 48 bits that stand for it in `packedFeatures.ts`. */
  readonly key: number;
}

/**
 * Names of lexical features. With a salt nobody can read the words in them, but whoever has the salt can guess them.
 */
export class FeatureNames {
  readonly #salt: string | null;
  readonly #known = new Map<string, FeatureName>();

  /** With a null `salt`, terms are their own names. */
  constructor(salt: string | null) {
    this.#salt = salt;
  }

  of(term: string): FeatureName {
    let known = this.#known.get(term);
    if (known === undefined) {
      if (this.#known.size >= MOST_NAMES) this.#known.clear();
      const own = detached(term);
      const name = this.#nameOf(own);
      this.#known.set(own, (known = { name, key: this.#keyOf(name) }));
    }
    return known;
  }

  prefix(syllable: string): FeatureName {
    return this.of(PREFIX + syllable);
  }

  /** The names of files and folders (`nameKey`). */
  name(key: string): string {
    return this.of(NAME + key).name;
  }

  /** The server takes a dot for the end of a name; the search form of a text has no U+2024, so nothing is confused. */
  #nameOf(term: string): string {
    if (this.#salt === null) return term.replaceAll('.', '\u2024').replaceAll('*', '\u2217');
    return createHash('sha256').update(`${this.#salt}\0${term}`).digest('base64url').slice(0, 8);
  }

  /** A salted name is 48 bits already. */
  #keyOf(name: string): number {
    const bytes =
      this.#salt === null ? createHash('sha256').update(name).digest() : Buffer.from(name, 'base64url');
    return bytes.readUIntBE(0, 6);
  }
}

/** 1 - b + b · length / average: what a frequency is divided by. */
export function normOf(length: number, averageLength: number): number {
  return averageLength > 0 ? 1 - BM25.b + (BM25.b * length) / averageLength : 1;
}

export function lengthOf({ bodyLength, headingLength }: TermCounts): number {
  return bodyLength + BM25.headingWeight * headingLength;
}

export function featuresOf(
  vector: SparseVector,
  terms: TermCounts,
  averageLength: number,
  names: FeatureNames,
): PassageFeatures {
  const semantic: Record<string, number> = {};
  vector.dimensions.forEach((dimension, i) => (semantic[dimension] = rounded(vector.weights[i]!)));
  const length = lengthOf(terms);
  const norm = normOf(length, averageLength);
  const [prose, beside] = [new LexicalFeatures(norm), new LexicalFeatures(norm)];
  const add = (name: FeatureName, counts: number): void => {
    (isInProse(counts) ? prose : beside).add(name, counts);
  };
  const beginnings = new Map<string, number>();
  termsIn(terms).forEach((term, i) => {
    if (term < FIRST_OF_TERMS) return;
    const counts = terms.counts[i]!;
    add(names.of(term), counts);
    if (!isKoreanTerm(term)) return;
    const syllable = String.fromCodePoint(term.codePointAt(0)!);
    beginnings.set(syllable, sumOfCounts(beginnings.get(syllable) ?? 0, counts));
  });
  for (const [syllable, counts] of beginnings) add(names.prefix(syllable), counts);
  const packed = packFeatures(vector, prose.terms, beside.terms, length);
  return { semantic, prose: prose.weights, beside: beside.weights, packed, length };
}

class LexicalFeatures {
  readonly weights: Record<string, number> = {};
  readonly terms: PackedTerm[] = [];
  readonly #norm: number;

  constructor(norm: number) {
    this.#norm = norm;
  }

  add({ name, key }: FeatureName, counts: number): void {
    const frequency = frequencyOf(counts, BM25);
    this.weights[name] = rounded(frequency / this.#norm);
    this.terms.push({ key, fifths: Math.round(frequency / BM25.metadataWeight) });
  }
}

function rounded(weight: number): number {
  return Number(weight.toPrecision(DIGITS));
}
