/** A leaf with the scale of its integer scores: bounds from the kernel, and exact scores of some passages. */
import type { PlacedPostings } from '../../index/scoring/kernelMemory.ts';
import { WEIGHT_LIMIT } from '../../index/scoring/leaf.ts';
import type { Found, SegmentScores } from '../../index/scoring/segmentScores.ts';
import { levelOf, widePlace } from '../../index/segment/postings.ts';
import type { Segment } from '../../index/segment/segment.ts';
import type { Constants } from './fusionConstants.ts';
import type { LexicalChannel, LexicalMatch } from './lexicalChannel.ts';
import type { SemanticTerm } from '../query/encodedQuery.ts';

/** One addend of a passage's semantic score: query weight × passage weight. */
export interface SemanticMatch {
  readonly term: SemanticTerm;
  readonly passage: number;
  /** The place as in `SparseVector.places`. */
  readonly place: number;
}

export interface Scored {
  readonly segment: Segment;
  readonly passage: number;
  readonly semantic: number;
  readonly lexical: number;
  readonly score: number;
  /** All addends of the channels that take part. */
  readonly semanticMatches: readonly SemanticMatch[];
  readonly lexicalMatches: readonly LexicalMatch[];
}

/** Upper bound of the relative error of a few dozen additions in float32 (2^-24 a step). */
export const ROUNDING = 1e-5;
export interface QuantisedQuery {
  /** Terms by dimension. `weight <= level * unit`, and the level is an integer. */
  readonly terms: readonly { readonly term: SemanticTerm; readonly level: number }[];
  readonly unit: number;
  /** Sum of the weights. */
  readonly total: number;
}

export function quantised(terms: readonly SemanticTerm[]): QuantisedQuery {
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

/** Passages of a leaf, and their positions in the channels' lists: `[lists, passages]`. */
interface Located {
  readonly passages: readonly number[];
  readonly semantic: Int32Array;
  readonly lexical: Int32Array;
}

export interface Candidate {
  readonly leaf: BoundedScores;
  readonly located: Located;
  /** Index of the passage among the located ones. */
  readonly at: number;
  readonly semantic: number;
  readonly lexical: number;
  readonly score: number;
}

const NOT_LOCATED = new Int32Array();

export class BoundedScores {
  readonly #leaf: SegmentScores;
  readonly #lexical: LexicalChannel | null;
  /** The query's terms that the leaf has, and their postings. */
  readonly #terms: QuantisedQuery['terms'];
  readonly #postings: readonly PlacedPostings[];
  /** The size of one unit of the integer scores. */
  readonly #step: number;
  /** A semantic bound exceeds the exact score by less than this. */
  readonly margin: number;

  constructor(
    leaf: SegmentScores,
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
    // An impact is less than one step above its weight, and a level less than one unit above the query's.
    this.margin = found === 0 ? 0 : impactStep * (query.total + found * 255 * query.unit);
  }

  accumulate(wanted: ((segment: Segment) => Uint8Array | null) | undefined): void {
    for (let t = 0; t < this.#terms.length; t++)
      this.#leaf.addImpacts(this.#postings[t]!, this.#terms[t]!.level);
    this.#lexical?.accumulate(this.#leaf);
    this.#leaf.maskScores(wanted?.(this.#leaf.segment) ?? null);
    this.#leaf.close();
  }

  get semanticBound(): number {
    return this.#step * this.#leaf.largestSemantic;
  }

  get lexicalBound(): number {
    return this.#leaf.largestLexical;
  }

  /**
   * The largest exact semantic score among the passages that may reach `least`, which some leaf's is known to
   * reach.
   */
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
    if (constants.lexical > 0 && constants.pending !== constants.lexical)
      this.#leaf.raiseLexical(this.#leaf.segment.passages.pending, constants.pending / constants.lexical);
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
    const { segment } = leaf;
    return passages.map((passage, at) => ({
      leaf: this,
      located,
      at,
      semantic: semantic[at]!,
      lexical: lexical[at]!,
      score: constants.semantic * semantic[at]! + lexicalConstant(segment, passage, constants) * lexical[at]!,
    }));
  }

  /** Exact scores of `count` located passages, in float64, added in the order of dimensions. */
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

  /** A candidate with its addends. */
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
      const postings = this.#postings[t]!;
      const level = levelOf(leaf.plane(postings, 0, at), leaf.plane(postings, 1, at));
      const place = leaf.plane(postings, 2, at);
      found.push({
        term,
        passage: level * weightStep,
        place: placeBytes === 1 ? widePlace(place) : place | (leaf.plane(postings, 3, at) << 8),
      });
    }
    return found;
  }
}

/** The constant of a passage's lexical score, which is larger while its vector is missing. */
export function lexicalConstant(segment: Segment, passage: number, constants: Constants): number {
  return segment.passages.isPending(passage) ? constants.pending : constants.lexical;
}

function passagesOf(found: readonly Found[]): number[] {
  return found.map(({ passage }) => passage);
}

function largestOf(scores: Float64Array): number {
  return scores.reduce((largest, score) => Math.max(largest, score), 0);
}
