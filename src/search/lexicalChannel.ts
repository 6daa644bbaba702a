/** The literal channel: BM25 over the segments' term postings. */
import type { Leaf } from '../index/scorer.ts';
import type { Postings } from '../index/postings.ts';
import type { Segment } from '../index/segment.ts';
import { BM25, idf, saturation, type Bm25 } from './bm25.ts';
import type { LexicalTerm } from './preparedQuery.ts';

/** A query term with its weight over the whole collection. */
export interface WeighedTerm {
  readonly term: LexicalTerm;
  /** In each segment. */
  readonly postings: ReadonlyMap<Segment, Postings>;
  /** The term's weight in the query × idf. */
  readonly weight: number;
}

/** A lone syllable looks at this many longer terms at most (in each segment). */
const MAX_PREFIX_TERMS = 128;
const encoder = new TextEncoder();

export class LexicalChannel {
  readonly #parameters: Bm25;
  readonly #terms: readonly WeighedTerm[];
  readonly #averageLength: number;

  private constructor(parameters: Bm25, terms: readonly WeighedTerm[], averageLength: number) {
    this.#parameters = parameters;
    this.#terms = terms;
    this.#averageLength = averageLength;
  }

  /** Counts are over all the segments given: a search over several folders ranks them as one. */
  static async open(
    segments: readonly Segment[],
    terms: readonly LexicalTerm[],
    parameters: Bm25 = BM25,
  ): Promise<LexicalChannel> {
    let passages = 0;
    let length = 0;
    for (const segment of segments) {
      passages += segment.liveCount;
      length += segment.liveBodyLength + parameters.headingWeight * segment.liveHeadingLength;
    }
    const weighed = terms.map(async (term): Promise<WeighedTerm> => {
      const key = encoder.encode(term.text);
      const lists = await Promise.all(segments.map(segment => postingsOf(segment, term, key)));
      const df = lists.reduce((sum, { docs }) => sum + docs.length, 0);
      const postings = new Map(segments.map((segment, i) => [segment, lists[i]!]));
      return { term, postings, weight: term.weight * idf(passages, df) };
    });
    return new LexicalChannel(parameters, await Promise.all(weighed), passages === 0 ? 0 : length / passages);
  }

  get terms(): readonly WeighedTerm[] {
    return this.#terms;
  }

  /** Adds every passage's BM25, in float32, to a leaf's lexical scores. */
  async accumulate(leaf: Leaf): Promise<void> {
    const { segment } = leaf;
    const { k1, b, headingWeight } = this.#parameters;
    if (this.#terms.every(({ postings }) => (postings.get(segment)?.docs.length ?? 0) === 0)) return;
    const lengths = `${k1} ${b} ${headingWeight} ${this.#averageLength}`;
    leaf.setNorms(lengths, () => this.#normsOf(segment));
    for (const { term, postings, weight } of this.#terms) {
      const found = postings.get(segment) ?? NONE;
      if (found.docs.length === 0) continue;
      const key = `${term.prefix ? 'p' : 'l'}${term.text}`;
      const placed = await leaf.load(key, () => Promise.resolve(found));
      leaf.addSaturated(placed, weight * (k1 + 1), headingWeight);
    }
  }

  /** k1 · (1 - b + b · length / average) of every passage: the denominator's addend. */
  #normsOf(segment: Segment): Float32Array {
    const { k1, b, headingWeight } = this.#parameters;
    const average = this.#averageLength;
    return Float32Array.from({ length: segment.passageCount }, (_, p) => {
      const length = segment.bodyLength(p) + headingWeight * segment.headingLength(p);
      return average > 0 ? k1 * (1 - b + (b * length) / average) : k1;
    });
  }

  /** One passage's BM25, in float64. */
  score(segment: Segment, passage: number): number {
    let sum = 0;
    for (const { postings, weight } of this.#terms) {
      const { docs, values } = postings.get(segment) ?? NONE;
      const at = indexOf(docs, passage);
      if (at !== -1) sum += weight * this.#saturation(segment, passage, values[at]!);
    }
    return sum;
  }

  /** The addends of one passage's BM25: query weight and passage weight of each matching term. */
  explain(segment: Segment, passage: number): { term: LexicalTerm; query: number; passage: number }[] {
    const found: { term: LexicalTerm; query: number; passage: number }[] = [];
    for (const { term, postings, weight } of this.#terms) {
      const { docs, values } = postings.get(segment) ?? NONE;
      const at = indexOf(docs, passage);
      if (at !== -1)
        found.push({ term, query: weight, passage: this.#saturation(segment, passage, values[at]!) });
    }
    return found;
  }

  #saturation(segment: Segment, passage: number, counts: number): number {
    const { headingWeight } = this.#parameters;
    const frequency = (counts & 15) + headingWeight * (counts >> 4);
    const length = segment.bodyLength(passage) + headingWeight * segment.headingLength(passage);
    return saturation(frequency, length, this.#averageLength, this.#parameters);
  }
}

const NONE: Postings = { docs: new Uint16Array(), values: new Uint8Array() };

async function postingsOf(segment: Segment, term: LexicalTerm, key: Uint8Array): Promise<Postings> {
  if (!term.prefix) return (await segment.lexical(key)) ?? NONE;
  // A lone syllable: the union of all terms that begin with it, counts added up.
  const union = new Map<number, number>();
  for (const { postings } of await segment.lexicalWithPrefix(key, MAX_PREFIX_TERMS))
    postings.docs.forEach((doc, i) => {
      const known = union.get(doc) ?? 0;
      const value = postings.values[i]!;
      const body = Math.min(15, (known & 15) + (value & 15));
      union.set(doc, body | (Math.min(15, (known >> 4) + (value >> 4)) << 4));
    });
  const docs = Uint16Array.from(union.keys()).sort();
  return { docs, values: Uint8Array.from(docs, doc => union.get(doc)!) };
}

function indexOf(sorted: Uint16Array, key: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] === key) return middle;
    if (sorted[middle]! < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
