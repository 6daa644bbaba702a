/**
 * The score and its exact top-k.
 *
 * `score(d) = c_s · Σ_t q_t d_t + c_l · Σ_w bm25(w, d)` is a convex combination of both channels, whose two
 * constants `fusionConstants.ts` computes from their maxima over the collection for this query.
 *
 * The kernel gives every passage a bound that is never below its score and at most a known margin above it;
 * all passages that can be among the k best by that bound are scored again in float64.
 */
import type { PlacedPostings } from '../../index/scoring/kernelMemory.ts';
import type { Found, SegmentScores } from '../../index/scoring/segmentScores.ts';
import type { Scorer } from '../../index/scoring/scorer.ts';
import type { Segment } from '../../index/segment/segment.ts';
import type { Channel } from '../../domain/channel.ts';
import type { QueryRewriting } from '../../domain/rewriting.ts';
import type { Bm25 } from './bm25.ts';
import { BoundedScores, quantised, ROUNDING, type QuantisedQuery, type Scored } from './boundedScores.ts';
import { constantsOf, SCALE, type Constants, type Maxima } from './fusionConstants.ts';
import { kthLargest } from './kthLargest.ts';
import { knownShare } from './unknownWords.ts';
import { LexicalChannel } from './lexicalChannel.ts';
import type { LexicalTerm, SemanticTerm } from '../query/encodedQuery.ts';
import type { RewrittenTerm } from '../query/rewriting.ts';
import { DEFAULT_REFERENCE } from './semanticReference.ts';

export interface Ranking {
  readonly maxima: Maxima;
  readonly constants: Constants;
  /** Hits, best first; equal scores stand in the order of segments and passages. */
  readonly hits: readonly Scored[];
  /** Number of live passages with at least `floor` of the best score, including bounds within the margin. */
  readonly total: number;
  /** Rewritings of the settings that some live passage has. */
  readonly rewritings: readonly QueryRewriting[];
}

/**
 * The semantic channel's weight in the hybrid, the same as the lexical one's. It was chosen by leaving out
 * each evaluation set in turn (test/eval/README.md, `tune-share`); a weight that falls with the question's
 * length gains nothing.
 */
export const SEMANTIC_SHARE = 0.5;

/** The smallest positive number in float32, which lets every score above zero through. */
const SMALLEST = 2 ** -149;

export interface RankSettings {
  readonly channel: Channel;
  readonly k: number;
  /** Share of the best score above which passages are counted; 0 counts all above zero. */
  readonly floor: number;
  /** Score above which passages are counted, in place of a share of the best. */
  readonly countFrom?: number | undefined;
  /** The semantic channel's weight; defaults to `SEMANTIC_SHARE`. */
  readonly share?: number | undefined;
  /** Other forms of words, for the lexical channel. */
  readonly rewritten?: readonly RewrittenTerm[] | undefined;
  /** The model's unit of measure (`selfScore`); defaults to `DEFAULT_REFERENCE`. */
  readonly reference?: number | undefined;
  /** Constants to rank with, where they were computed from more than these segments or passages. */
  readonly constants?: Constants | undefined;
  /** The lexical channel's parameters, where they are not the product's. */
  readonly bm25?: Bm25 | undefined;
  /** Flags (u8) of a segment's passages that may be found; all of them where absent, or null for a segment. */
  readonly wanted?: ((segment: Segment) => Uint8Array | null) | undefined;
}

/** The exact top `k` of the fused score over all the segments. Rejects with `DamagedError`. */
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
    const bounded: BoundedScores[] = [];
    for (const leaf of leaves) {
      const postings = resident(leaf, query) ?? (await loaded(leaf, query));
      bounded.push(new BoundedScores(leaf, query, words, postings));
    }
    // From here on everything needed is in memory, and nothing is awaited.
    for (const leaf of bounded) leaf.accumulate(wanted);
    const maxima: Maxima = {
      ...largestOf(bounded, channel),
      semanticLimit: semantic.reduce((sum, { weight }) => sum + weight * weight, 0),
      lexicalLimit: words?.limit ?? 0,
      known: knownShare(semantic),
    };
    const { share = SEMANTIC_SHARE, reference = DEFAULT_REFERENCE } = settings;
    const constants = settings.constants ?? constantsOf(maxima, { channel, share, reference });
    return { ...rankLeaves(bounded, settings, constants), maxima, rewritings: words?.rewritings ?? [] };
  });
}

/** The postings of a query's terms, in their order; null where some are not in memory. */
function resident(leaf: SegmentScores, { terms }: QuantisedQuery): readonly PlacedPostings[] | null {
  const found: PlacedPostings[] = [];
  for (const { term } of terms) {
    const postings = leaf.resident(term.dimension);
    if (postings === undefined) return null;
    found.push(postings);
  }
  return found;
}

/** All missing lists are requested at once: one after the other, each would wait for the disk. */
function loaded(leaf: SegmentScores, { terms }: QuantisedQuery): Promise<readonly PlacedPostings[]> {
  return Promise.all(
    terms.map(({ term }) => leaf.load(term.dimension, () => leaf.segment.semantic(term.dimension))),
  );
}

function rankLeaves(
  leaves: readonly BoundedScores[],
  { k, floor: counted, countFrom }: RankSettings,
  constants: Constants,
): Omit<Ranking, 'rewritings' | 'maxima'> {
  for (const leaf of leaves) leaf.fuse(constants);
  const slack = Math.max(0, ...leaves.map(leaf => constants.semantic * leaf.margin)) + ROUNDING * SCALE;
  // At least this many blocks have a passage with this score, which bounds the k-th score of all passages
  // from below.
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
  // The sort is stable: equal scores keep the order of segments and passages.
  hits.sort((a, b) => b.score - a.score);
  const from = Math.max(countFrom ?? (hits[0]?.score ?? 0) * counted, SMALLEST);
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

/** The largest exact raw scores; 0 where a channel does not take part. */
function largestOf(leaves: readonly BoundedScores[], channel: Channel): Pick<Maxima, 'semantic' | 'lexical'> {
  const semanticBound = Math.max(0, ...leaves.map(leaf => leaf.semanticBound));
  // Each leaf has a margin of its own: the best bound may belong to a coarse one.
  const semanticLeast = Math.max(0, ...leaves.map(leaf => leaf.semanticBound - leaf.margin));
  const lexicalBound = Math.max(0, ...leaves.map(leaf => leaf.lexicalBound));
  const hasSemantic = channel !== 'lexical' && semanticBound > 0;
  const hasLexical = channel !== 'semantic' && lexicalBound > 0;
  return {
    semantic: hasSemantic ? Math.max(...leaves.map(leaf => leaf.largestSemantic(semanticLeast))) : 0,
    lexical: hasLexical ? Math.max(...leaves.map(leaf => leaf.largestLexical(lexicalBound))) : 0,
  };
}
