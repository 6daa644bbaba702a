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
import { WEIGHT_LIMIT, type Leaf, type Scorer } from '../index/scorer.ts';
import type { ForwardVector } from '../index/postings.ts';
import { byDimension, type Segment } from '../index/segment.ts';
import type { Channel } from '../protocol.ts';
import { kthLargest } from './kthLargest.ts';
import type { LexicalChannel } from './lexicalChannel.ts';
import type { SemanticTerm } from './preparedQuery.ts';

export const SCALE = 10;
/** Weight of the semantic channel in the hybrid, measured on the evaluation sets. */
export const SEMANTIC_SHARE = 0.4;

/** The query's two constants. A channel that does not take part, or finds nothing, has 0. */
export interface Constants {
  readonly semantic: number;
  readonly lexical: number;
}

export interface Scored {
  readonly segment: Segment;
  readonly passage: number;
  readonly semantic: number;
  readonly lexical: number;
  readonly score: number;
  /** The passage's vector; null where the semantic channel takes no part. */
  readonly vector: ForwardVector | null;
}

export interface Ranking {
  readonly constants: Constants;
  /** Best first; equal scores in the order of segments and passages. */
  readonly hits: readonly Scored[];
  /** Live passages with at least `floor` of the best score, bounds within the margin counted in. */
  readonly total: number;
}

/** Float32 arithmetic of a few dozen additions is off by this share at most (2^-24 a step). */
const ROUNDING = 1e-5;
/** Every score above zero. */
const SMALLEST = Number.MIN_VALUE;

export interface RankSettings {
  readonly channel: Channel;
  readonly k: number;
  /** Share of the best score from which passages are counted; 0 counts all above zero. */
  readonly floor: number;
  /** The semantic channel's weight. */
  readonly share?: number | undefined;
  /** Flags (u8) of a segment's passages that may be found; absent, or null for a segment: all. */
  readonly wanted?: ((segment: Segment) => Uint8Array | null) | undefined;
}

/** Exact top `k` of the fused score over all the segments. Rejects with `DamagedError`. */
export function rank(
  scorer: Scorer,
  segments: readonly Segment[],
  semantic: readonly SemanticTerm[],
  lexical: LexicalChannel | null,
  settings: RankSettings,
): Promise<Ranking> {
  const query = quantised(semantic);
  return scorer.exclusively(async () => {
    const leaves = scorer.begin(segments).map(leaf => new BoundedLeaf(leaf, query, lexical));
    for (const leaf of leaves) await leaf.accumulate(settings.wanted);
    return rankLeaves(leaves, settings);
  });
}

async function rankLeaves(
  leaves: readonly BoundedLeaf[],
  { channel, k, floor: counted, share = SEMANTIC_SHARE }: RankSettings,
): Promise<Ranking> {
  const constants = await constantsOf(leaves, channel, share);
  for (const leaf of leaves) leaf.fuse(constants);
  const bound = kthLargest(
    leaves.map(leaf => leaf.maxima),
    k,
  );
  const slack = Math.max(0, ...leaves.map(leaf => constants.semantic * leaf.margin)) + ROUNDING * SCALE;
  // The k-th of the blocks' maxima is at most the k-th of all passages: good for finding that one.
  const floor =
    bound === 0
      ? 0
      : kthLargest(
          leaves.map(leaf => leaf.boundsFrom(bound)),
          k,
        ) - slack;
  const candidates = leaves.map(leaf => leaf.from(Math.max(floor, SMALLEST)));
  if (constants.semantic > 0) await Promise.all(leaves.map((leaf, i) => leaf.read(candidates[i]!)));
  const hits: Scored[] = [];
  leaves.forEach((leaf, i) => {
    for (const passage of candidates[i]!) {
      const scored = leaf.exact(passage, constants);
      if (scored.score > 0) hits.push(scored);
    }
  });
  // Stable: equal scores keep the order of segments and passages.
  hits.sort((a, b) => b.score - a.score);
  const from = Math.max((hits[0]?.score ?? 0) * counted, SMALLEST);
  return {
    constants,
    hits: hits.slice(0, k),
    total: leaves.reduce((sum, leaf) => sum + leaf.countFrom(from), 0),
  };
}

interface QuantisedQuery {
  /** By dimension. */
  readonly weights: Float64Array;
  /** Integer weight of each dimension: `weight <= level * unit`. */
  readonly levels: readonly { readonly dimension: number; readonly key: string; readonly level: number }[];
  readonly unit: number;
  /** Σ weights. */
  readonly total: number;
}

function quantised(terms: readonly SemanticTerm[]): QuantisedQuery {
  const weights = new Map(terms.map(term => [term.dimension, term.weight]));
  let total = 0;
  for (const weight of weights.values()) total += weight;
  // Impacts of 255 times all levels must stay below 2^31.
  const unit = total / WEIGHT_LIMIT || 1;
  const levels = Array.from(weights, ([dimension, weight]) => ({
    dimension,
    key: `s${dimension}`,
    level: Math.ceil(weight / unit),
  }));
  return { weights: byDimension(weights), levels, unit, total };
}

/** A leaf with what turns its integers into scores. */
class BoundedLeaf {
  readonly #leaf: Leaf;
  readonly #terms: QuantisedQuery;
  readonly #lexical: LexicalChannel | null;
  /** Of one unit of the integer scores. */
  readonly #step: number;
  readonly #vectors = new Map<number, ForwardVector>();
  #margin = 0;

  constructor(leaf: Leaf, query: QuantisedQuery, lexical: LexicalChannel | null) {
    this.#leaf = leaf;
    this.#terms = query;
    this.#lexical = lexical;
    this.#step = query.unit * leaf.segment.impactStep;
  }

  async accumulate(wanted: RankSettings['wanted']): Promise<void> {
    const { segment } = this.#leaf;
    const { levels, total, unit } = this.#terms;
    let places = levels.map(({ key }) => this.#leaf.resident(key));
    // All that are missing are asked for at once: one after the other, each would wait for the disk.
    if (places.includes(undefined))
      places = await Promise.all(
        levels.map(({ dimension, key }) => this.#leaf.load(key, () => segment.semantic(dimension))),
      );
    let found = 0;
    places.forEach((placed, i) => {
      if (placed === undefined || placed.count === 0) return;
      this.#leaf.addImpacts(placed, levels[i]!.level);
      found++;
    });
    // An impact is less than one step above its weight, a level less than one unit above the query's.
    this.#margin = found === 0 ? 0 : segment.impactStep * (total + found * 255 * unit);
    if (this.#lexical !== null) await this.#lexical.accumulate(this.#leaf);
    this.#leaf.silence(wanted?.(segment) ?? null);
  }

  /** A semantic bound is above the exact score by less than this. */
  get margin(): number {
    return this.#margin;
  }

  get semanticBound(): number {
    return this.#step * this.#leaf.largestSemantic;
  }

  get lexicalBound(): number {
    return this.#leaf.largestLexical;
  }

  /** The largest exact semantic score of those that may reach `least`, which some leaf's is known to do. */
  async largestSemantic(least: number): Promise<number> {
    const passages = this.#leaf.semanticFrom(least / this.#step);
    await this.read(passages);
    return passages.reduce(
      (largest, passage) =>
        Math.max(largest, this.#leaf.segment.dot(this.#vectors.get(passage)!, this.#terms.weights)),
      0,
    );
  }

  largestLexical(bound: number): number {
    let largest = 0;
    for (const passage of this.#leaf.lexicalFrom(bound * (1 - ROUNDING)))
      largest = Math.max(largest, this.#lexical!.score(this.#leaf.segment, passage));
    return largest;
  }

  fuse(constants: Constants): void {
    this.#leaf.fuse(constants.semantic * this.#step, constants.lexical);
  }

  get maxima(): Float32Array {
    return this.#leaf.maxima;
  }

  from(floor: number): Uint32Array {
    return this.#leaf.fusedFrom(floor);
  }

  boundsFrom(floor: number): Float32Array {
    const { fused } = this.#leaf;
    return Float32Array.from(this.#leaf.fusedFrom(floor), passage => fused[passage]!);
  }

  countFrom(floor: number): number {
    return this.#leaf.countFrom(floor);
  }

  /** `read` has read its vector, where the semantic channel takes part. */
  exact(passage: number, constants: Constants): Scored {
    const { segment } = this.#leaf;
    const vector = constants.semantic === 0 ? null : this.#vectors.get(passage)!;
    const semantic = vector === null ? 0 : segment.dot(vector, this.#terms.weights);
    const lexical = constants.lexical === 0 ? 0 : this.#lexical!.score(segment, passage);
    const score = constants.semantic * semantic + constants.lexical * lexical;
    return { segment, passage, semantic, lexical, score, vector };
  }

  /** Brings the vectors of these passages into memory, all from disk at once. */
  async read(passages: Uint32Array): Promise<void> {
    const { segment } = this.#leaf;
    const missing: number[] = [];
    for (const passage of passages) {
      if (this.#vectors.has(passage)) continue;
      const vector = segment.recentForward(passage);
      if (vector === null) missing.push(passage);
      else this.#vectors.set(passage, vector);
    }
    if (missing.length === 0) return;
    const vectors = await Promise.all(missing.map(passage => segment.forward(passage)));
    missing.forEach((passage, i) => this.#vectors.set(passage, vectors[i]!));
  }
}

async function constantsOf(
  leaves: readonly BoundedLeaf[],
  channel: Channel,
  share: number,
): Promise<Constants> {
  const semanticBound = Math.max(0, ...leaves.map(leaf => leaf.semanticBound));
  // Each leaf has a margin of its own: the best bound may be of one that is coarse.
  const semanticLeast = Math.max(0, ...leaves.map(leaf => leaf.semanticBound - leaf.margin));
  const lexicalBound = Math.max(0, ...leaves.map(leaf => leaf.lexicalBound));
  const semanticShare = channel === 'semantic' ? 1 : channel === 'lexical' ? 0 : share;
  const semantic =
    semanticShare === 0 || semanticBound === 0
      ? 0
      : Math.max(...(await Promise.all(leaves.map(leaf => leaf.largestSemantic(semanticLeast)))));
  const lexical =
    semanticShare === 1 || lexicalBound === 0
      ? 0
      : Math.max(...leaves.map(leaf => leaf.largestLexical(lexicalBound)));
  return {
    semantic: semantic > 0 ? (SCALE * semanticShare) / semantic : 0,
    lexical: lexical > 0 ? (SCALE * (1 - semanticShare)) / lexical : 0,
  };
}
