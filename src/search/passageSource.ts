/**
 * The port to a place where passages are ranked: the indexes of this machine, or another's.
 *
 * Ranking has two phases, so that several sources rank as one: each reports the maxima of its channels, the
 * constants are computed from all of them (`fusionConstants.ts`), and each ranks its own passages with those.
 * A score then means the same wherever the passage is, and only the caller waits for a slow source.
 */
import type { Hit } from '../domain/hit.ts';
import type { Conditions } from './filter/passageFilter.ts';
import type { EncodedQuery } from './query/encodedQuery.ts';
import { constantsOf, type Constants, type FusionSettings, type Maxima } from './ranking/fusionConstants.ts';
import type { Channel } from '../domain/channel.ts';

export interface SearchSettings {
  readonly limit: number;
  readonly channel: Channel;
  /** Hits below this share of the best score are folded away; 0 keeps all. */
  readonly floor: number;
  /** The model's unit of measure (`selfScore`). */
  readonly reference?: number | undefined;
}

/** Hits, best first. */
export interface RankedHits {
  readonly hits: readonly Hit[];
  /** The hits after these, too weak to be answers. */
  readonly further: readonly Hit[];
  /**
   * Number of passages with a score above zero. Where a phrase was asked for, those not verified beyond the hits are
   * counted as well.
   */
  readonly total: number;
}

/** A query that is ready to be ranked. */
export interface SearchPlan {
  readonly query: EncodedQuery;
  readonly settings: SearchSettings;
  readonly conditions?: Conditions | undefined;
}

/** Whether a plan asks for no words, but for all passages that meet its conditions. */
export function isConditional({ query }: SearchPlan): boolean {
  return query.text.trim() === '' && query.semantic.length === 0;
}

export interface PassageSource {
  /** Maxima over the passages that pass the plan's filter. */
  maxima(plan: SearchPlan): Promise<Maxima>;
  /** Ranks with given constants, best first; each hit is taken apart into its contributions. */
  rankWith(plan: SearchPlan, constants: Constants): Promise<RankedHits>;
  /**
   * Scores and explains one passage (`Hit.id`) like a hit, wherever it ranks; null where this source does not
   * have it.
   */
  explain(plan: SearchPlan, constants: Constants, id: string): Promise<Hit | null>;
}

/**
 * Joins the maxima of several sources. The limits belong to the query; the largest counts where sources weigh
 * words differently.
 */
export function joinedMaxima(all: readonly Maxima[]): Maxima {
  const largest = (of: (maxima: Maxima) => number): number => Math.max(0, ...all.map(of));
  return {
    semantic: largest(({ semantic }) => semantic),
    lexical: largest(({ lexical }) => lexical),
    semanticLimit: largest(({ semanticLimit }) => semanticLimit),
    lexicalLimit: largest(({ lexicalLimit }) => lexicalLimit),
    known: largest(({ known }) => known),
  };
}

/** Ranks several sources as one; it rejects when any of them does. */
export async function rankTogether(
  sources: readonly PassageSource[],
  plan: SearchPlan,
  fusion: FusionSettings,
): Promise<RankedHits> {
  const maxima = joinedMaxima(await Promise.all(sources.map(source => source.maxima(plan))));
  const constants = constantsOf(maxima, fusion);
  const found = await Promise.all(sources.map(source => source.rankWith(plan, constants)));
  return joinedHits(found, plan.settings);
}

/** Joins the hits of several sources, ranked with the same constants; the best of all decides which are near. */
export function joinedHits(
  found: readonly RankedHits[],
  { limit, floor }: Pick<SearchSettings, 'limit' | 'floor'>,
): RankedHits {
  const near = best(found.flatMap(own => own.hits));
  // The bonus of a name is no measure for the other hits.
  const least = floor * Math.max(0, ...near.map(hit => hit.score - nameBonus(hit)));
  const hits = near.filter(({ score }) => score >= least).slice(0, limit);
  const shown = new Set(hits.map(keyOf));
  const below = near.filter(({ score }) => score < least);
  const rest = best([...below, ...found.flatMap(own => own.further)]).filter(
    hit => hit.origin === undefined || !shown.has(keyOf(hit)),
  );
  const total = found.reduce((sum, own) => sum + own.total, 0);
  return { hits, further: rest.slice(0, limit - hits.length), total };
}

/** The score below which another source's hits can't be among the joined ones, beside these. */
export function barOf({ hits }: RankedHits, { limit }: Pick<SearchSettings, 'limit'>): number {
  return hits[limit - 1]?.score ?? 0;
}

/** Joins passages that meet the same conditions, newest file first. */
export function joinedNewest(found: readonly RankedHits[], limit: number): RankedHits {
  const hits = best(found.flatMap(own => own.hits)).sort(
    (a, b) =>
      (b.modified ?? 0) - (a.modified ?? 0) ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.start - b.start,
  );
  const total = found.reduce((sum, own) => sum + own.total, 0);
  return { hits: hits.slice(0, limit), further: [], total };
}

/** A document that is on this machine and on a server of the team appears once. */
function best(hits: readonly Hit[]): Hit[] {
  const here = new Set(hits.filter(({ origin }) => origin === undefined).map(keyOf));
  const once = hits.filter(hit => hit.origin === undefined || !here.has(keyOf(hit)));
  return once.sort((a, b) => b.score - a.score);
}

function keyOf({ folder, id }: Hit): string {
  return `${folder}\n${id}`;
}

function nameBonus({ contributions }: Hit): number {
  return contributions.find(({ kind }) => kind === 'name')?.value ?? 0;
}
