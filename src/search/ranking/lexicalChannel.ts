/** The lexical channel: BM25 over the segments' term postings, in the scorer's memory. */
import type { PlacedPostings } from '../../index/scoring/kernelMemory.ts';
import type { SegmentScores } from '../../index/scoring/segmentScores.ts';
import type { Postings } from '../../index/segment/postings.ts';
import type { Segment } from '../../index/segment/segment.ts';
import { isInProse, sumOfCounts } from '../../index/segment/termCounts.ts';
import type { QueryRewriting } from '../../domain/rewriting.ts';
import { BM25, frequencyOf, idf, saturation, type Bm25 } from './bm25.ts';
import { documentFrequency } from './documentFrequency.ts';
import type { LexicalTerm } from '../query/encodedQuery.ts';
import { isCoreOf, type RewrittenTerm } from '../query/rewriting.ts';
import { loadRewritten } from './rewrittenPostings.ts';

/** A query term with its weight over the whole collection. */
interface WeighedTerm<Term = LexicalTerm | RewrittenTerm> {
  readonly term: Term;
  /** Postings in each leaf. */
  readonly postings: ReadonlyMap<SegmentScores, PlacedPostings>;
  /** The term's weight in the query × idf. */
  readonly weight: number;
}

/** A term that a leaf has. */
interface LeafTerm {
  readonly term: LexicalTerm | RewrittenTerm;
  readonly weight: number;
  readonly placed: PlacedPostings;
}

/** One addend of a passage's BM25: query weight × passage weight. */
export interface LexicalMatch {
  readonly term: LexicalTerm | RewrittenTerm;
  readonly query: number;
  readonly passage: number;
}

/**
 * Maximum number of longer terms (in each segment) that a single syllable matches: more than there are pairs of
 * syllables with the same first one, so that none is left out. 가 begins some 400 terms of 13,000 passages; their lists
 * lie side by side and are read at once, in some milliseconds.
 */
const MAX_PREFIX_TERMS = 20_000;
/** Maximum that a rewriting adds to a passage, as a share of the least that the word itself adds. */
const REWRITTEN_MOST = 0.9;
const encoder = new TextEncoder();

export class LexicalChannel {
  readonly #parameters: Bm25;
  readonly #terms: readonly WeighedTerm[];
  readonly #averageLength: number;
  readonly #normsKey: string;
  readonly #lists = new Map<SegmentScores, readonly LeafTerm[]>();

  private constructor(parameters: Bm25, terms: readonly WeighedTerm[], averageLength: number) {
    this.#parameters = parameters;
    this.#terms = terms;
    this.#averageLength = averageLength;
    const { k1, b, headingWeight } = parameters;
    this.#normsKey = `norms ${k1} ${b} ${headingWeight} ${averageLength}`;
  }

  /**
   * Opens the channel with counts over all the given leaves, so that a search over several folders ranks them
   * as one. It is valid as long as the leaves are. Rejects with `DamagedError`.
   *
   * A passage that has a word of the query in its prose gets more for it than any passage that only has
   * another form of it: the contribution of a word's rewritings (one of them, `loadRewritten`) is limited to
   * less than the least that the word adds.
   */
  static async open(
    leaves: readonly SegmentScores[],
    terms: readonly LexicalTerm[],
    rewritten: readonly RewrittenTerm[] = [],
    parameters: Bm25 = BM25,
  ): Promise<LexicalChannel> {
    let passages = 0;
    let length = 0;
    for (const { segment } of leaves) {
      passages += segment.liveCount;
      length += segment.liveBodyLength + parameters.headingWeight * segment.liveHeadingLength;
    }
    const averageLength = passages === 0 ? 0 : length / passages;
    const weigh = <Term extends { readonly weight: number }>(
      term: Term,
      placed: readonly PlacedPostings[],
    ): WeighedTerm<Term> => {
      const df = documentFrequency(leaves, placed);
      const postings = new Map(leaves.map((leaf, i) => [leaf, placed[i]!]));
      return { term, postings, weight: term.weight * idf(passages, df) };
    };
    const literal = await Promise.all(
      terms.map(async term => {
        const key = `${term.prefix ? 'p' : 'l'}${term.text}`;
        const load = (leaf: SegmentScores): Promise<PlacedPostings> =>
          leaf.load(key, () => postingsOf(leaf.segment, term));
        const known = leaves.map(leaf => leaf.resident(key));
        const isKnown = known.every(postings => postings !== undefined);
        return weigh(term, isKnown ? known : await Promise.all(leaves.map(load)));
      }),
    );
    const others: WeighedTerm<RewrittenTerm>[] = [];
    for (const word of new Set(rewritten.map(term => term.word))) {
      const own = rewritten.filter(term => term.word === word);
      const placed = await Promise.all(leaves.map(leaf => loadRewritten(leaf, own)));
      // Most other forms stand nowhere, and computing their limit scans whole lists.
      if (placed.every(lists => lists.every(({ count }) => count === 0))) continue;
      const core = literal.filter(({ term }) => isCoreOf(word, term));
      const most = REWRITTEN_MOST * leastOf(core, leaves, averageLength, parameters);
      for (const [i, term] of own.entries()) {
        const weighed = weigh(term, placed.map(lists => lists[i]!)); // prettier-ignore
        others.push(
          term.hasWord
            ? weighed
            : { ...weighed, weight: Math.min(weighed.weight, most / (parameters.k1 + 1)) },
        );
      }
    }
    return new LexicalChannel(parameters, [...literal, ...others], averageLength);
  }

  /** The score of a passage that has every term of the query itself so often that it saturates. */
  get limit(): number {
    const own = this.#terms.filter(({ term }) => !('rewriting' in term));
    return own.reduce((sum, { weight }) => sum + weight, 0) * (this.#parameters.k1 + 1);
  }

  /** Rewritings that some live passage has. */
  get rewritings(): QueryRewriting[] {
    return this.#terms.flatMap(({ term, postings }) =>
      'rewriting' in term &&
      [...postings].some(([leaf, placed]) =>
        leaf.passages(placed).some(passage => leaf.segment.live[passage] === 1),
      )
        ? [term.rewriting]
        : [],
    );
  }

  /** Adds every passage's BM25, in float32, to a leaf's lexical scores. */
  accumulate(leaf: SegmentScores): void {
    const { segment } = leaf;
    const { k1 } = this.#parameters;
    const terms = this.#termsIn(leaf);
    if (terms.length === 0) return;
    const norms = leaf.norms(this.#normsKey, () => this.#normsOf(segment));
    for (const { placed, weight } of terms)
      leaf.addSaturated(placed, weight * (k1 + 1), this.#parameters, norms);
  }

  #termsIn(leaf: SegmentScores): readonly LeafTerm[] {
    let terms = this.#lists.get(leaf);
    if (terms === undefined) {
      terms = this.#terms
        .map(({ term, postings, weight }) => ({ term, weight, placed: postings.get(leaf)! }))
        .filter(({ placed }) => placed.count > 0);
      this.#lists.set(leaf, terms);
    }
    return terms;
  }

  /** The length norm k1 · (1 - b + b · length / average) of every passage, an addend of the denominator. */
  #normsOf(segment: Segment): Float32Array {
    const { k1, b } = this.#parameters;
    const average = this.#averageLength;
    return Float32Array.from({ length: segment.passageCount }, (_, p) => {
      const length = lengthOf(segment, p, this.#parameters);
      return average > 0 ? k1 * (1 - b + (b * length) / average) : k1;
    });
  }

  /** Positions of the passages in the leaf's lists, for `scores` and `explain`. */
  locate(leaf: SegmentScores, passages: readonly number[]): Int32Array {
    const lists = this.#termsIn(leaf).map(({ placed }) => placed);
    return leaf.locate(lists, passages);
  }

  /** BM25 of located passages, in float64. */
  scores(leaf: SegmentScores, passages: readonly number[], positions: Int32Array): Float64Array {
    const sums = new Float64Array(passages.length);
    this.#termsIn(leaf).forEach(({ weight, placed }, t) => {
      for (let i = 0; i < passages.length; i++) {
        const at = positions[t * passages.length + i]!;
        if (at !== -1)
          sums[i]! += weight * this.#saturation(leaf.segment, passages[i]!, leaf.plane(placed, 0, at));
      }
    });
    return sums;
  }

  /** The addends of the i-th of `count` located passages. */
  explain(
    leaf: SegmentScores,
    passage: number,
    positions: Int32Array,
    i: number,
    count: number,
  ): LexicalMatch[] {
    return this.#termsIn(leaf).flatMap(({ term, weight, placed }, t) => {
      const at = positions[t * count + i]!;
      if (at === -1) return [];
      return [
        { term, query: weight, passage: this.#saturation(leaf.segment, passage, leaf.plane(placed, 0, at)) },
      ];
    });
  }

  #saturation(segment: Segment, passage: number, counts: number): number {
    const frequency = frequencyOf(counts, this.#parameters);
    const length = lengthOf(segment, passage, this.#parameters);
    return saturation(frequency, length, this.#averageLength, this.#parameters);
  }
}

/**
 * The least that a passage with all these terms in prose gets for them: once each, in the longest passage.
 * Infinity if none has them. A passage that has them only in its metadata does not count: an address
 * somewhere would limit every other form.
 */
function leastOf(
  terms: readonly WeighedTerm<LexicalTerm>[],
  leaves: readonly SegmentScores[],
  averageLength: number,
  parameters: Bm25,
): number {
  let longest = -1;
  for (const leaf of leaves) {
    const { segment } = leaf;
    const had = new Uint8Array(segment.passageCount);
    terms.forEach(({ postings }, i) => {
      const placed = postings.get(leaf)!;
      const counts = leaf.counts(placed);
      leaf.passages(placed).forEach((passage, at) => {
        if (had[passage] !== i || segment.live[passage] === 0 || !isInProse(counts[at]!)) return;
        had[passage] = i + 1;
        if (i + 1 === terms.length) longest = Math.max(longest, lengthOf(segment, passage, parameters));
      });
    });
  }
  if (longest === -1) return Infinity;
  const least = saturation(Math.min(1, parameters.headingWeight), longest, averageLength, parameters);
  return terms.reduce((sum, { weight }) => sum + weight * least, 0);
}

function lengthOf(segment: Segment, passage: number, { headingWeight }: Bm25): number {
  return segment.bodyLength(passage) + headingWeight * segment.headingLength(passage);
}

async function postingsOf(segment: Segment, term: LexicalTerm): Promise<Postings | null> {
  const key = encoder.encode(term.text);
  if (!term.prefix) return segment.lexical(key);
  // A single syllable matches the union of all terms that begin with it, with their counts added up.
  const union = new Map<number, number>();
  const { lexicalLists } = segment;
  for (const { docs, planes } of await lexicalLists.lists(
    await lexicalLists.withPrefix(key, MAX_PREFIX_TERMS),
  ))
    docs.forEach((doc, i) => union.set(doc, sumOfCounts(union.get(doc) ?? 0, planes[i]!)));
  const docs = Uint16Array.from(union.keys()).sort();
  return { docs, planes: Uint8Array.from(docs, doc => union.get(doc)!) };
}
