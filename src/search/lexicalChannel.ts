/** The literal channel: BM25 over the segments' term postings. */
import type { Postings, Segment } from '../index/segment.ts';
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

  /** Counts are over all the segments given: a search over several folders ranks them as one. */
  constructor(segments: readonly Segment[], terms: readonly LexicalTerm[], parameters: Bm25 = BM25) {
    this.#parameters = parameters;
    let passages = 0;
    let length = 0;
    for (const segment of segments)
      for (let p = 0; p < segment.passageCount; p++) {
        if (segment.live[p] === 0) continue;
        passages++;
        length += this.#length(segment, p);
      }
    this.#averageLength = passages === 0 ? 0 : length / passages;
    this.#terms = terms.map(term => {
      const key = encoder.encode(term.text);
      const postings = new Map(segments.map(segment => [segment, postingsOf(segment, term, key)]));
      let df = 0;
      for (const { docs } of postings.values()) df += docs.length;
      return { term, postings, weight: term.weight * idf(passages, df) };
    });
  }

  #length(segment: Segment, passage: number): number {
    return segment.bodyLength(passage) + this.#parameters.headingWeight * segment.headingLength(passage);
  }

  get terms(): readonly WeighedTerm[] {
    return this.#terms;
  }

  /** Adds every live passage's BM25 to `scores` (one entry a passage). */
  accumulate(segment: Segment, scores: Float64Array): void {
    for (const { postings, weight } of this.#terms) {
      const { docs, values } = postings.get(segment) ?? NONE;
      for (let i = 0; i < docs.length; i++) {
        const doc = docs[i]!;
        if (segment.live[doc] === 1) scores[doc]! += weight * this.#saturation(segment, doc, values[i]!);
      }
    }
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
    const frequency = (counts & 15) + this.#parameters.headingWeight * (counts >> 4);
    return saturation(frequency, this.#length(segment, passage), this.#averageLength, this.#parameters);
  }
}

const NONE: Postings = { docs: new Uint16Array(), values: new Uint8Array() };

function postingsOf(segment: Segment, term: LexicalTerm, key: Uint8Array): Postings {
  if (!term.prefix) return segment.lexical(key) ?? NONE;
  // A lone syllable: the union of all terms that begin with it, counts added up.
  const union = new Map<number, number>();
  let seen = 0;
  for (const { postings } of segment.lexicalWithPrefix(key)) {
    postings.docs.forEach((doc, i) => {
      const known = union.get(doc) ?? 0;
      const value = postings.values[i]!;
      const body = Math.min(15, (known & 15) + (value & 15));
      union.set(doc, body | (Math.min(15, (known >> 4) + (value >> 4)) << 4));
    });
    if (++seen === MAX_PREFIX_TERMS) break;
  }
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
