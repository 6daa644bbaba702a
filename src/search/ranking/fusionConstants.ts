/**
 * Computes the factor on each channel's raw score, from what the query found and what it could find at most.
 *
 * Each channel is divided by the best score it found (Bruch, Gai & Ingber, "An Analysis of Fusion Functions
 * for Hybrid Retrieval", TOIS 2023), but by no less than an absolute floor: the best hit of a channel that
 * found nearly nothing must not count like a perfect match. Then both channels are multiplied by one more
 * factor, the query's evidence, which changes no order and makes scores comparable between queries: a passage
 * that has everything asked for scores 10.
 */
import type { Channel } from '../../domain/channel.ts';

/** The query's constants. A channel that does not take part, or finds nothing, has 0. */
export interface Constants {
  readonly semantic: number;
  readonly lexical: number;
  /**
   * Replaces `lexical` for a passage without a vector: it is treated as if its semantic share of the best
   * were as large as its lexical one. So it is not punished for its missing vector, and never scores more
   * than its lexical score with the best possible semantic one.
   */
  readonly pending: number;
}

/** The best scores that a query found, and those it could find at all. */
export interface Maxima {
  /** The largest raw score of each channel; 0 where it found nothing or does not take part. */
  readonly semantic: number;
  readonly lexical: number;
  /** The query's semantic score against itself, Σ q². */
  readonly semanticLimit: number;
  /** The upper limit of the lexical score: that of a passage with every term of the query, infinitely often. */
  readonly lexicalLimit: number;
  /** Share of the query that the model knows, 0..1 (`knownShare`). */
  readonly known: number;
}

export interface FusionSettings {
  readonly channel: Channel;
  /** The semantic channel's weight in the hybrid, 0..1. */
  readonly share: number;
  /** The model's unit of measure: its score of a plain word against itself (`selfScore`). */
  readonly reference: number;
}

/** Score of a hit that has everything asked for and is the best of both channels. */
export const SCALE = 10;

/** A best semantic score below this share of the reference is divided by that share instead. */
const SEMANTIC_FLOOR = 0.2;
/** The same for the lexical channel, as a share of its limit. */
const LEXICAL_FLOOR = 0.1;
/** Below this share of known words the model's weight falls. */
const TRUSTED = 0.2;
/**
 * The remaining share of the model's weight where it knows no word of the query. Its guesses at the spelling
 * of a name still help (OpenClaw, DCGAN), but must stay clearly below the passage that has the name. nDCG@10
 * of the hybrid with 0, .25, .5, .75, 1: techdocs_ko (6,000 documents) .6696, .6719, .6730, .6740, .6740;
 * tydiqa_ko .7866, .7863, .7863, .7863, .7868; belebele_ko .9367 and autorag_ko .9396 with each.
 */
const LEAST_TRUST = 0.5;
/** A query whose limit is below this share of the reference is too small for its limit to be evidence. */
const LEAST_LIMIT = 0.5;
/** Shares of the limits at which a passage answers the query: above them the evidence is complete. */
const FULL_SEMANTIC = 0.6;
const FULL_LEXICAL = 0.4;

export function constantsOf(maxima: Maxima, settings: FusionSettings): Constants {
  const { channel, share, reference } = settings;
  const weight = channel === 'semantic' ? 1 : channel === 'lexical' ? 0 : share;
  const trust = channel === 'hybrid' ? Math.max(LEAST_TRUST, Math.min(1, maxima.known / TRUSTED)) : 1;
  const scale = SCALE * evidenceOf(maxima, settings);
  const semantic = Math.max(maxima.semantic, SEMANTIC_FLOOR * reference);
  const lexical = Math.max(maxima.lexical, LEXICAL_FLOOR * maxima.lexicalLimit);
  const hasLetters = maxima.lexical > 0 && weight < 1;
  return {
    semantic: maxima.semantic > 0 && weight > 0 ? (scale * weight * trust) / semantic : 0,
    lexical: hasLetters ? (scale * (1 - weight)) / lexical : 0,
    pending: hasLetters ? (scale * (1 - weight + weight * trust)) / lexical : 0,
  };
}

/** How much of the query the best passage of either channel has, 0..1; above 0 where anything was found. */
export function evidenceOf(maxima: Maxima, { channel, reference }: FusionSettings): number {
  const known = channel === 'hybrid' ? maxima.known : 1;
  const semanticLimit = FULL_SEMANTIC * Math.max(maxima.semanticLimit, LEAST_LIMIT * reference);
  const lexicalLimit = FULL_LEXICAL * maxima.lexicalLimit;
  const semantic = semanticLimit > 0 ? (known * maxima.semantic) / semanticLimit : 0;
  const lexical = lexicalLimit > 0 ? maxima.lexical / lexicalLimit : 0;
  return Math.min(1, Math.max(semantic, lexical, SMALLEST_EVIDENCE));
}

/** A hit is never shown with a score of nothing. */
const SMALLEST_EVIDENCE = 0.01;
