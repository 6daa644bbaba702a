/**
 * The score and its exact top-k.
 *
 * `score(d) = c_s · Σ_t q_t d_t + c_l · Σ_w bm25(w, d)`: a convex combination of both channels, each divided
 * by its maximum over the collection for this query (Bruch, Gai & Ingber, "An Analysis of Fusion Functions
 * for Hybrid Retrieval", TOIS 2023; the minimum of either channel is 0). The best hit of both is `SCALE`.
 *
 * The kernel gives every passage a bound that is never below its score and at most a known margin above it; all
 * that can be among the k best by that bound are scored again in float64.
 */
import { levelOf, widePlace } from '../index/postings.ts';
import type { PlacedPostings } from '../index/kernelMemory.ts';
import { WEIGHT_LIMIT, type Found, type Leaf } from '../index/leaf.ts';
import type { Scorer } from '../index/scorer.ts';
import type { Segment } from '../index/segment.ts';
import type { Channel, QueryRewriting } from '../protocol.ts';
import type { Bm25 } from './bm25.ts';
import { kthLargest } from './kthLargest.ts';
import { LexicalChannel, type LexicalMatch } from './lexicalChannel.ts';
import type { LexicalTerm, SemanticTerm } from './preparedQuery.ts';
import type { RewrittenTerm } from './rewriting.ts';

export const SCALE = 10;
/** Weight of the semantic channel in the hybrid, measured on the evaluation sets. */
export const SEMANTIC_SHARE = 0.4;

/** The query's two constants. A channel that does not take part, or finds nothing, has 0. */
export interface Constants {
  readonly semantic: number;
  readonly lexical: number;
}

/** One addend of a passage's semantic score: query weight × passage weight. */
export interface SemanticMatch {
  readonly term: SemanticTerm;
  readonly passage: number;
  /** `SparseVector.places`. */
  readonly place: number;
}

export interface Scored {
  readonly segment: Segment;
  readonly passage: number;
  readonly semantic: number;
  readonly lexical: number;
  readonly score: number;
  /** All addends of both channels, of those that take part. */
  readonly semanticMatches: readonly SemanticMatch[];
  readonly lexicalMatches: readonly LexicalMatch[];
}

export interface Ranking {
  readonly constants: Constants;
  /** Best first; equal scores in the order of segments and passages. */
  readonly hits: readonly Scored[];
  /** Live passages with at least `floor` of the best score, bounds within the margin counted in. */
  readonly total: number;
  /** Those of the settings that a live passage has. */
  readonly rewritings: readonly QueryRewriting[];
}

/** Float32 arithmetic of a few dozen additions is off by this share at most (2^-24 a step). */
const ROUNDING = 1e-5;
/** Every score above zero: the smallest one in float32. */
const SMALLEST = 2 ** -149;

export interface RankSettings {
  readonly channel: Channel;
  readonly k: number;
  /** Share of the best score from which passages are counted; 0 counts all above zero. */
  readonly floor: number;
  /** The semantic channel's weight. */
  readonly share?: number | undefined;
  /** What words are also looked for as, in the lexical channel. */
  readonly rewritten?: readonly RewrittenTerm[] | undefined;
  /** The literal channel's parameters, where they are not the product's. */
  readonly bm25?: Bm25 | undefined;
  /** Flags (u8) of a segment's passages that may be found; absent, or null for a segment: all. */
  readonly wanted?: ((segment: Segment) => Uint8Array | null) | undefined;
}

/** Exact top `k` of the fused score over all the segments. Rejects with `DamagedError`. */
export function rank(
  scorer: Scorer,
  segments: readonly Segment[],
  semantic: readonly SemanticTerm[],
  lexical: readonly LexicalTerm[],
  settings: RankSettings,
): Promise<Ranking> {
  const { channel, wanted, rewritten } = settings;
  const query = quantised(channel === 'lexical' ? [] : semantic);
  return scorer.exclusively(async () => {
    const leaves = scorer.begin(segments);
    const words =
      channel === 'semantic' ? null : await LexicalChannel.open(leaves, lexical, rewritten, settings.bm25);
    const bounded: BoundedLeaf[] = [];
    for (const leaf of leaves) bounded.push(new BoundedLeaf(leaf, query, words, await placed(leaf, query)));
    // From here on nothing is waited for: all that is needed is in memory.
    for (const leaf of bounded) leaf.accumulate(wanted);
    return { ...rankLeaves(bounded, settings), rewritings: words?.rewritings ?? [] };
  });
}

/** The postings of a query's terms, in their order. */
async function placed(leaf: Leaf, { terms }: QuantisedQuery): Promise<readonly PlacedPostings[]> {
  const known = terms.map(({ term }) => leaf.resident(term.dimension));
  if (known.every(postings => postings !== undefined)) return known;
  // All that are missing are asked for at once: one after the other, each would wait for the disk.
  return Promise.all(
    terms.map(({ term }) => leaf.load(term.dimension, () => leaf.segment.semantic(term.dimension))),
  );
}

function rankLeaves(
  leaves: readonly BoundedLeaf[],
  { channel, k, floor: counted, share = SEMANTIC_SHARE }: RankSettings,
): Omit<Ranking, 'rewritings'> {
  const constants = constantsOf(leaves, channel, share);
  for (const leaf of leaves) leaf.fuse(constants);
  const slack = Math.max(0, ...leaves.map(leaf => constants.semantic * leaf.margin)) + ROUNDING * SCALE;
  // So many blocks have a passage of this score at least: good for finding the k-th of all passages.
  const least = kthLargest(
    leaves.map(leaf => leaf.least),
    k,
  );
  const found = leaves.map(leaf => leaf.from(Math.max(least - slack, SMALLEST)));
  const floor = kthLargest(found.map(boundsOf), k) - slack;
  const hits = leaves.flatMap((leaf, i) => {
    const passages = found[i]!.filter(({ bound }) => bound >= floor).map(({ passage }) => passage);
    return leaf.exact(passages, constants).filter(({ score }) => score > 0);
  });
  // Stable: equal scores keep the order of segments and passages.
  hits.sort((a, b) => b.score - a.score);
  const from = Math.max((hits[0]?.score ?? 0) * counted, SMALLEST);
  return {
    constants,
    hits: hits.slice(0, k).map(hit => hit.leaf.explained(hit, constants)),
    total: leaves.reduce((sum, leaf) => sum + leaf.countFrom(from), 0),
  };
}

function boundsOf(found: readonly Found[]): Float32Array {
  const bounds = new Float32Array(found.length);
  for (let i = 0; i < found.length; i++) bounds[i] = found[i]!.bound;
  return bounds;
}

function passagesOf(found: readonly Found[]): number[] {
  return found.map(({ passage }) => passage);
}

interface QuantisedQuery {
  /** By dimension. `weight <= level * unit`, the level an integer. */
  readonly terms: readonly { readonly term: SemanticTerm; readonly level: number }[];
  readonly unit: number;
  /** Σ weights. */
  readonly total: number;
}

function quantised(terms: readonly SemanticTerm[]): QuantisedQuery {
  const sorted = [...terms].sort((a, b) => a.dimension - b.dimension);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  // Impacts of 255 times all levels must stay below 2^31.
  const unit = total / WEIGHT_LIMIT || 1;
  return {
    terms: sorted.map(term => ({ term, level: Math.ceil(term.weight / unit) })),
    unit,
    total,
  };
}

/** Passages of a leaf, and where they stand in the channels' lists: `[lists, passages]`. */
interface Located {
  readonly passages: readonly number[];
  readonly semantic: Int32Array;
  readonly lexical: Int32Array;
}

interface Candidate {
  readonly leaf: BoundedLeaf;
  readonly located: Located;
  /** Which of those that were located. */
  readonly at: number;
  readonly semantic: number;
  readonly lexical: number;
  readonly score: number;
}

const NOT_LOCATED = new Int32Array();

/** A leaf with what turns its integers into scores. */
class BoundedLeaf {
  readonly #leaf: Leaf;
  readonly #lexical: LexicalChannel | null;
  /** Of the query's terms those that the leaf has, and their postings. */
  readonly #terms: QuantisedQuery['terms'];
  readonly #postings: readonly PlacedPostings[];
  /** Of one unit of the integer scores. */
  readonly #step: number;
  /** A semantic bound is above the exact score by less than this. */
  readonly margin: number;

  constructor(
    leaf: Leaf,
    query: QuantisedQuery,
    lexical: LexicalChannel | null,
    postings: readonly PlacedPostings[],
  ) {
    this.#leaf = leaf;
    this.#lexical = lexical;
    this.#terms = query.terms.filter((_, t) => postings[t]!.count > 0);
    this.#postings = postings.filter(({ count }) => count > 0);
    const { impactStep } = leaf.segment;
    this.#step = query.unit * impactStep;
    const found = this.#postings.length;
    // An impact is less than one step above its weight, a level less than one unit above the query's.
    this.margin = found === 0 ? 0 : impactStep * (query.total + found * 255 * query.unit);
  }

  accumulate(wanted: RankSettings['wanted']): void {
    for (let t = 0; t < this.#terms.length; t++)
      this.#leaf.addImpacts(this.#postings[t]!, this.#terms[t]!.level);
    this.#lexical?.accumulate(this.#leaf);
    this.#leaf.silence(wanted?.(this.#leaf.segment) ?? null);
    this.#leaf.close();
  }

  get semanticBound(): number {
    return this.#step * this.#leaf.largestSemantic;
  }

  get lexicalBound(): number {
    return this.#leaf.largestLexical;
  }

  /** The largest exact semantic score of those that may reach `least`, which some leaf's is known to do. */
  largestSemantic(least: number): number {
    if (this.semanticBound < least) return 0;
    const passages = passagesOf(this.#leaf.semanticFrom(least / this.#step));
    return largestOf(this.#semanticOf(this.#leaf.locate(this.#postings, passages), passages.length));
  }

  largestLexical(bound: number): number {
    const least = bound * (1 - ROUNDING);
    if (this.#lexical === null || this.lexicalBound < least) return 0;
    const passages = passagesOf(this.#leaf.lexicalFrom(least));
    return largestOf(this.#lexical.scores(this.#leaf, passages, this.#lexical.locate(this.#leaf, passages)));
  }

  fuse(constants: Constants): void {
    this.#leaf.fuse(constants.semantic * this.#step, constants.lexical);
  }

  get least(): Float32Array {
    return this.#leaf.least;
  }

  from(floor: number): readonly Found[] {
    return this.#leaf.fusedFrom(floor);
  }

  countFrom(floor: number): number {
    return this.#leaf.countFrom(floor);
  }

  exact(passages: readonly number[], constants: Constants): Candidate[] {
    if (passages.length === 0) return [];
    const leaf = this.#leaf;
    const none = new Float64Array(passages.length);
    const located = {
      passages,
      semantic: constants.semantic === 0 ? NOT_LOCATED : leaf.locate(this.#postings, passages),
      lexical: constants.lexical === 0 ? NOT_LOCATED : this.#lexical!.locate(leaf, passages),
    };
    const semantic = constants.semantic === 0 ? none : this.#semanticOf(located.semantic, passages.length);
    const lexical = constants.lexical === 0 ? none : this.#lexical!.scores(leaf, passages, located.lexical);
    return passages.map((_, at) => ({
      leaf: this,
      located,
      at,
      semantic: semantic[at]!,
      lexical: lexical[at]!,
      score: constants.semantic * semantic[at]! + constants.lexical * lexical[at]!,
    }));
  }

  /** Of `count` passages that were located, in float64, added in the order of dimensions. */
  #semanticOf(positions: Int32Array, count: number): Float64Array {
    const sums = new Float64Array(count);
    const leaf = this.#leaf;
    const { weightStep } = leaf.segment.semanticLists;
    for (let t = 0; t < this.#postings.length; t++) {
      const postings = this.#postings[t]!;
      const { weight } = this.#terms[t]!.term;
      for (let i = 0; i < count; i++) {
        const at = positions[t * count + i]!;
        if (at === -1) continue;
        const level = levelOf(leaf.plane(postings, 0, at), leaf.plane(postings, 1, at));
        sums[i]! += weight * (level * weightStep);
      }
    }
    return sums;
  }

  /** With its addends. */
  explained({ located, at, semantic, lexical, score }: Candidate, constants: Constants): Scored {
    const count = located.passages.length;
    const passage = located.passages[at]!;
    return {
      segment: this.#leaf.segment,
      passage,
      semantic,
      lexical,
      score,
      semanticMatches: constants.semantic === 0 ? [] : this.#semanticMatches(located.semantic, at, count),
      lexicalMatches:
        constants.lexical === 0
          ? []
          : this.#lexical!.explain(this.#leaf, passage, located.lexical, at, count),
    };
  }

  #semanticMatches(positions: Int32Array, i: number, count: number): SemanticMatch[] {
    const leaf = this.#leaf;
    const { weightStep, placeBytes } = leaf.segment.semanticLists;
    const found: SemanticMatch[] = [];
    for (let t = 0; t < this.#postings.length; t++) {
      const at = positions[t * count + i]!;
      if (at === -1) continue;
      const { term } = this.#terms[t]!;
      const plane = (number: number): number => leaf.plane(this.#postings[t]!, number, at);
      const place = placeBytes === 1 ? widePlace(plane(2)) : plane(2) | (plane(3) << 8);
      found.push({ term, passage: levelOf(plane(0), plane(1)) * weightStep, place });
    }
    return found;
  }
}

function largestOf(scores: Float64Array): number {
  return scores.reduce((largest, score) => Math.max(largest, score), 0);
}

function constantsOf(leaves: readonly BoundedLeaf[], channel: Channel, share: number): Constants {
  const semanticBound = Math.max(0, ...leaves.map(leaf => leaf.semanticBound));
  // Each leaf has a margin of its own: the best bound may be of one that is coarse.
  const semanticLeast = Math.max(0, ...leaves.map(leaf => leaf.semanticBound - leaf.margin));
  const lexicalBound = Math.max(0, ...leaves.map(leaf => leaf.lexicalBound));
  const semanticShare = channel === 'semantic' ? 1 : channel === 'lexical' ? 0 : share;
  const semantic =
    semanticShare === 0 || semanticBound === 0
      ? 0
      : Math.max(...leaves.map(leaf => leaf.largestSemantic(semanticLeast)));
  const lexical =
    semanticShare === 1 || lexicalBound === 0
      ? 0
      : Math.max(...leaves.map(leaf => leaf.largestLexical(lexicalBound)));
  return {
    semantic: semantic > 0 ? (SCALE * semanticShare) / semantic : 0,
    lexical: lexical > 0 ? (SCALE * (1 - semanticShare)) / lexical : 0,
  };
}
