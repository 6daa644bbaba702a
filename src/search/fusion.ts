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
  const bound = kthLargest(
    leaves.map(leaf => leaf.maxima),
    k,
  );
  const slack = Math.max(0, ...leaves.map(leaf => constants.semantic * leaf.margin)) + ROUNDING * SCALE;
  // The k-th of the blocks' maxima is at most the k-th of all passages: good for finding that one.
  const near = Math.max(bound - ROUNDING * SCALE, SMALLEST);
  const floor =
    bound === 0
      ? 0
      : kthLargest(
          leaves.map(leaf => Float32Array.from(leaf.from(near), found => found.bound)),
          k,
        ) - slack;
  const hits = leaves.flatMap(leaf =>
    leaf.exact(passagesOf(leaf.from(Math.max(floor, SMALLEST))), constants).filter(({ score }) => score > 0),
  );
  // Stable: equal scores keep the order of segments and passages.
  hits.sort((a, b) => b.score - a.score);
  const from = Math.max((hits[0]?.score ?? 0) * counted, SMALLEST);
  return {
    constants,
    hits: explained(hits.slice(0, k), constants),
    total: leaves.reduce((sum, leaf) => sum + leaf.countFrom(from), 0),
  };
}

/** Each with its addends, all of a leaf at once. */
function explained(hits: readonly Candidate[], constants: Constants): Scored[] {
  const found = new Map<Candidate, Scored>();
  for (const leaf of new Set(hits.map(hit => hit.leaf))) {
    const own = hits.filter(hit => hit.leaf === leaf);
    leaf.explained(own, constants).forEach((scored, i) => found.set(own[i]!, scored));
  }
  return hits.map(hit => found.get(hit)!);
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

interface Candidate {
  readonly leaf: BoundedLeaf;
  readonly passage: number;
  readonly semantic: number;
  readonly lexical: number;
  readonly score: number;
}

/** A leaf with what turns its integers into scores. */
class BoundedLeaf {
  readonly #leaf: Leaf;
  readonly #query: QuantisedQuery;
  readonly #lexical: LexicalChannel | null;
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
    this.#query = query;
    this.#lexical = lexical;
    this.#postings = postings;
    const { impactStep } = leaf.segment;
    this.#step = query.unit * impactStep;
    const found = postings.filter(({ count }) => count > 0).length;
    // An impact is less than one step above its weight, a level less than one unit above the query's.
    this.margin = found === 0 ? 0 : impactStep * (query.total + found * 255 * query.unit);
  }

  accumulate(wanted: RankSettings['wanted']): void {
    this.#postings.forEach((postings, i) => {
      if (postings.count > 0) this.#leaf.addImpacts(postings, this.#query.terms[i]!.level);
    });
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
    return largestOf(this.#semanticOf(passagesOf(this.#leaf.semanticFrom(least / this.#step))));
  }

  largestLexical(bound: number): number {
    return largestOf(this.#lexicalOf(passagesOf(this.#leaf.lexicalFrom(bound * (1 - ROUNDING)))));
  }

  fuse(constants: Constants): void {
    this.#leaf.fuse(constants.semantic * this.#step, constants.lexical);
  }

  get maxima(): Float32Array {
    return this.#leaf.maxima;
  }

  from(floor: number): readonly Found[] {
    return this.#leaf.fusedFrom(floor);
  }

  countFrom(floor: number): number {
    return this.#leaf.countFrom(floor);
  }

  exact(passages: readonly number[], constants: Constants): Candidate[] {
    const none = new Float64Array(passages.length);
    const semantic = constants.semantic === 0 ? none : this.#semanticOf(passages);
    const lexical = constants.lexical === 0 ? none : this.#lexicalOf(passages);
    return passages.map((passage, i) => ({
      leaf: this,
      passage,
      semantic: semantic[i]!,
      lexical: lexical[i]!,
      score: constants.semantic * semantic[i]! + constants.lexical * lexical[i]!,
    }));
  }

  /** In float64, added in the order of dimensions. */
  #semanticOf(passages: readonly number[]): Float64Array {
    const sums = new Float64Array(passages.length);
    if (passages.length === 0) return sums;
    const leaf = this.#leaf;
    const { weightStep } = leaf.segment.semanticLists;
    leaf.want(passages);
    this.#postings.forEach((postings, t) => {
      if (postings.count === 0) return;
      const { weight } = this.#query.terms[t]!.term;
      const positions = leaf.locate(postings);
      for (let i = 0; i < positions.length; i++) {
        const at = positions[i]!;
        if (at === -1) continue;
        const level = levelOf(leaf.plane(postings, 0, at), leaf.plane(postings, 1, at));
        sums[i]! += weight * (level * weightStep);
      }
    });
    return sums;
  }

  #lexicalOf(passages: readonly number[]): Float64Array {
    if (passages.length === 0) return new Float64Array();
    this.#leaf.want(passages);
    return this.#lexical!.scores(this.#leaf, passages);
  }

  explained(candidates: readonly Candidate[], constants: Constants): Scored[] {
    const passages = candidates.map(({ passage }) => passage);
    this.#leaf.want(passages);
    const semantic = constants.semantic === 0 ? [] : this.#semanticMatches(passages.length);
    const lexical = constants.lexical === 0 ? [] : this.#lexical!.explain(this.#leaf, passages);
    return candidates.map(({ leaf: _, ...scores }, i) => ({
      ...scores,
      segment: this.#leaf.segment,
      semanticMatches: semantic[i] ?? [],
      lexicalMatches: lexical[i] ?? [],
    }));
  }

  #semanticMatches(count: number): SemanticMatch[][] {
    const leaf = this.#leaf;
    const { weightStep, placeBytes } = leaf.segment.semanticLists;
    const found = Array.from({ length: count }, (): SemanticMatch[] => []);
    this.#postings.forEach((postings, t) => {
      if (postings.count === 0) return;
      const { term } = this.#query.terms[t]!;
      leaf.locate(postings).forEach((at, i) => {
        if (at === -1) return;
        const plane = (number: number): number => leaf.plane(postings, number, at);
        const place = placeBytes === 1 ? widePlace(plane(2)) : plane(2) | (plane(3) << 8);
        found[i]!.push({ term, passage: levelOf(plane(0), plane(1)) * weightStep, place });
      });
    });
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
