/**
 * The score and its exact top-k.
 *
 * `score(d) = c_s · Σ_t q_t d_t + c_l · Σ_w bm25(w, d)`: a convex combination of both channels, each divided
 * by its maximum over the collection for this query (Bruch, Gai & Ingber, "An Analysis of Fusion Functions
 * for Hybrid Retrieval", TOIS 2023; the minimum of either channel is 0). The best hit of both is `SCALE`.
 */
import type { Segment } from '../index/segment.ts';
import type { Channel } from '../protocol.ts';
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
}

export interface Ranking {
  readonly constants: Constants;
  /** Best first; equal scores in the order of segments and passages. */
  readonly hits: readonly Scored[];
  /** Scores of all live passages above zero, for counting (unsorted, upper bounds within the margin). */
  countAbove(score: number): number;
}

interface Accumulated {
  readonly segment: Segment;
  /** From impacts: an upper bound, above the exact value by less than the margin. */
  readonly semantic: Float64Array;
  /** Exact. */
  readonly lexical: Float64Array;
}

/** Exact top `k` of the fused score over all the segments. */
export function rank(
  segments: readonly Segment[],
  semantic: readonly SemanticTerm[],
  lexical: LexicalChannel | null,
  channel: Channel,
  k: number,
  share: number = SEMANTIC_SHARE,
): Ranking {
  const query = new Map(semantic.map(term => [term.dimension, term.weight]));
  let margin = 0;
  const accumulated = segments.map((segment): Accumulated => {
    const scores = {
      segment,
      semantic: new Float64Array(segment.passageCount),
      lexical: new Float64Array(segment.passageCount),
    };
    let bound = 0;
    for (const { dimension, weight } of semantic) {
      const postings = segment.semantic(dimension);
      if (postings === null) continue;
      const factor = weight * segment.impactStep;
      bound += factor;
      const { docs, values } = postings;
      for (let i = 0; i < docs.length; i++) scores.semantic[docs[i]!]! += factor * values[i]!;
    }
    margin = Math.max(margin, bound);
    for (let p = 0; p < segment.passageCount; p++) if (segment.live[p] === 0) scores.semantic[p] = 0;
    lexical?.accumulate(segment, scores.lexical);
    return scores;
  });
  const exact = (segment: Segment, passage: number): number => segment.dot(passage, query);
  const constants = constantsOf(accumulated, margin, exact, channel, share);
  const slack = constants.semantic * margin;

  const bounds = accumulated.map(({ semantic: s, lexical: l }) => {
    const fused = new Float64Array(s.length);
    for (let p = 0; p < fused.length; p++) fused[p] = constants.semantic * s[p]! + constants.lexical * l[p]!;
    return fused;
  });
  const floor = kthLargest(bounds, k) - slack;
  const candidates: Scored[] = [];
  bounds.forEach((fused, i) => {
    const { segment, lexical: l } = accumulated[i]!;
    for (let p = 0; p < fused.length; p++) {
      if (!(fused[p]! > 0) || fused[p]! < floor) continue;
      const dot = constants.semantic === 0 ? 0 : exact(segment, p);
      const score = constants.semantic * dot + constants.lexical * l[p]!;
      if (score > 0) candidates.push({ segment, passage: p, semantic: dot, lexical: l[p]!, score });
    }
  });
  // Stable: equal scores keep the order of segments and passages.
  candidates.sort((a, b) => b.score - a.score);
  return {
    constants,
    hits: candidates.slice(0, k),
    countAbove: score => {
      let count = 0;
      for (const fused of bounds) for (const value of fused) if (value > score) count++;
      return count;
    },
  };
}

function constantsOf(
  accumulated: readonly Accumulated[],
  margin: number,
  exact: (segment: Segment, passage: number) => number,
  channel: Channel,
  share: number,
): Constants {
  const semanticMaximum = channel === 'lexical' ? 0 : exactMaximum(accumulated, margin, exact);
  let lexicalMaximum = 0;
  if (channel !== 'semantic')
    for (const { lexical } of accumulated)
      for (const value of lexical) if (value > lexicalMaximum) lexicalMaximum = value;
  const semanticShare = channel === 'semantic' ? 1 : channel === 'lexical' ? 0 : share;
  return {
    semantic: semanticMaximum > 0 ? (SCALE * semanticShare) / semanticMaximum : 0,
    lexical: lexicalMaximum > 0 ? (SCALE * (1 - semanticShare)) / lexicalMaximum : 0,
  };
}

function exactMaximum(
  accumulated: readonly Accumulated[],
  margin: number,
  exact: (segment: Segment, passage: number) => number,
): number {
  let bound = 0;
  for (const { semantic } of accumulated) for (const value of semantic) if (value > bound) bound = value;
  let maximum = 0;
  for (const { segment, semantic } of accumulated)
    for (let p = 0; p < semantic.length; p++)
      if (semantic[p]! > 0 && semantic[p]! >= bound - margin) maximum = Math.max(maximum, exact(segment, p));
  return maximum;
}

/** The k-th largest of all values, 0 if there are fewer positive ones. A min-heap of k. */
function kthLargest(arrays: readonly Float64Array[], k: number): number {
  const heap: number[] = [];
  const sink = (): void => {
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
      if (heap[child]! >= heap[i]!) return;
      [heap[i], heap[child]] = [heap[child]!, heap[i]!];
      i = child;
    }
  };
  for (const array of arrays)
    for (const value of array) {
      if (!(value > 0)) continue;
      if (heap.length < k) {
        heap.push(value);
        for (let i = heap.length - 1; i > 0;) {
          const parent = (i - 1) >> 1;
          if (heap[parent]! <= heap[i]!) break;
          [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
          i = parent;
        }
      } else if (value > heap[0]!) {
        heap[0] = value;
        sink();
      }
    }
  return heap.length < k ? 0 : heap[0]!;
}
