/**
 * The same score in two forms: as a query for the server, whose weights have nine bits and whose length norms are those
 * of the index's first day; and exactly, from the documents. The first is below the second by a bounded factor, so the
 * best by the second are found among the first's.
 */
import { BM25, saturation } from '../../search/ranking/bm25.ts';
import type { LexicalMatch } from '../../search/ranking/lexicalChannel.ts';
import type { SemanticMatch } from '../../search/ranking/boundedScores.ts';
import type { SemanticTerm } from '../../search/query/encodedQuery.ts';
import { normOf } from '../features.ts';
import type { PackedFeatures } from '../packedFeatures.ts';
import type { Collection, WeighedTerm } from './statistics.ts';

/** The factor of each channel. */
export interface ChannelWeights {
  readonly semantic: number;
  readonly lexical: number;
}

/** A query in the form that the server's index understands. */
export interface TeamQuery {
  /** By dimension, ascending (`byDimension`). */
  readonly semantic: readonly SemanticTerm[];
  readonly lexical: readonly WeighedTerm[];
  readonly collection: Collection;
  /** `IndexMeta.averageLength`. */
  readonly averageLength: number;
}

export interface ExactScore {
  readonly semantic: number;
  readonly lexical: number;
  readonly semanticMatches: readonly SemanticMatch[];
  readonly lexicalMatches: readonly LexicalMatch[];
}

/** The server keeps nine bits of a weight and cuts off the rest. */
const STORED_SHARE = 2 ** -8;
/** Sums of a few dozen numbers in float32. */
const ROUNDING = 1e-5;
/** Maximum number of clauses in a query to the server; a longer query uses its heaviest terms. */
const MOST_CLAUSES = 1_000;

/**
 * The pivot that makes the server's weight, made with another average, nearly what it would be with this one: exactly
 * that for a passage of average length.
 */
function pivotOf({ collection, averageLength }: TeamQuery): number {
  return BM25.k1 / normOf(collection.averageLength, averageLength);
}

/** The server's score is at least the exact one divided by this. */
export function slackOf(query: TeamQuery): number {
  const then = query.averageLength;
  const now = query.collection.averageLength;
  if (!(then > 0) || !(now > 0)) return 1 + STORED_SHARE + ROUNDING;
  // A current norm lies between these shares of the one that the weight was based on.
  const least = Math.min(1, then / now);
  const drift = Math.max(1, pivotOf(query) / (BM25.k1 * least));
  return (1 + STORED_SHARE) * drift + ROUNDING;
}

export function clausesOf(query: TeamQuery, { semantic, lexical }: ChannelWeights): object[] {
  const pivot = pivotOf(query);
  const clauses: { readonly weight: number; readonly clause: object }[] = [];
  if (semantic > 0)
    for (const { dimension, weight } of query.semantic)
      clauses.push({ weight, clause: feature(`semantic.${dimension}`, { linear: {} }, semantic * weight) });
  if (lexical > 0)
    for (const {
      feature: { name },
      weight,
    } of query.lexical)
      for (const field of ['prose', 'beside'])
        clauses.push({
          weight,
          clause: feature(`${field}.${name}`, { saturation: { pivot } }, lexical * weight * (BM25.k1 + 1)),
        });
  if (clauses.length > MOST_CLAUSES) clauses.sort((a, b) => b.weight - a.weight).splice(MOST_CLAUSES);
  return clauses.map(({ clause }) => clause);
}

function feature(field: string, scoring: object, boost: number): object {
  return { rank_feature: { field, ...scoring, boost } };
}

export function byDimension(terms: readonly SemanticTerm[]): readonly SemanticTerm[] {
  return [...terms].sort((a, b) => a.dimension - b.dimension);
}

/** In float64, added in the order of dimensions and of the query's terms, as the engine does it. */
export function exactScore(features: PackedFeatures, query: TeamQuery): ExactScore {
  const { dimensions, weights, places } = features.vector;
  const semanticMatches: SemanticMatch[] = [];
  let semantic = 0;
  let i = 0;
  for (const term of query.semantic) {
    while (i < dimensions.length && dimensions[i]! < term.dimension) i++;
    if (dimensions[i] !== term.dimension) continue;
    const passage = weights[i]!;
    semanticMatches.push({ term, passage, place: places[i]! });
    semantic += term.weight * passage;
  }
  const lexicalMatches: LexicalMatch[] = [];
  let lexical = 0;
  for (const { term, feature: named, weight } of query.lexical) {
    const frequency = features.frequency(named.key);
    if (frequency === 0) continue;
    const passage = saturation(frequency, features.length, query.collection.averageLength, BM25);
    lexicalMatches.push({ term, query: weight, passage });
    lexical += weight * passage;
  }
  return { semantic, lexical, semanticMatches, lexicalMatches };
}
