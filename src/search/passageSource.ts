/**
 * Where passages are ranked: the indexes of this machine, or another's.
 *
 * Ranking has two phases, so that several sources rank as one: each says the maxima of its channels, the constants
 * are made of all of them (`fusionConstants.ts`), and each ranks its own with those. A score then means the same
 * wherever the passage is, and a slow source is waited for by nobody but the one who asked.
 */
import type { Hit } from '../domain/hit.ts';
import type { Conditions } from './filter/passageFilter.ts';
import type { EncodedQuery } from './query/encodedQuery.ts';
import { constantsOf, type Constants, type FusionSettings, type Maxima } from './ranking/fusionConstants.ts';
import type { Channel } from '../domain/channel.ts';

export interface SearchSettings {
  readonly limit: number;
  readonly channel: Channel;
  /** Hits below this share of the best score are folded away (0 keeps all). */
  readonly floor: number;
  /** The model's unit of measure (`selfScore`). */
  readonly reference?: number | undefined;
}

/** Best first. */
export interface RankedHits {
  readonly hits: readonly Hit[];
  /** What comes after the hits and has too little of the query to be an answer. */
  readonly further: readonly Hit[];
  /** Passages with a score above zero; where a phrase was asked for, beyond the hits those that may have it. */
  readonly total: number;
}

/** A query that is ready to be ranked. */
export interface SearchPlan {
  readonly query: EncodedQuery;
  readonly settings: SearchSettings;
  readonly conditions?: Conditions | undefined;
}

export interface PassageSource {
  /** Over the passages that the plan's conditions let in. */
  maxima(plan: SearchPlan): Promise<Maxima>;
  /** Best first, each taken apart into its contributions. */
  rankWith(plan: SearchPlan, constants: Constants): Promise<RankedHits>;
  /** A passage (`Hit.id`) scored and taken apart like a hit, wherever it stands in the ranking; null: not here. */
  explain(plan: SearchPlan, constants: Constants, id: string): Promise<Hit | null>;
}

/** What the sources have together. Limits are of the query, and the largest where sources weigh words differently. */
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

/** Ranks several sources as one; what one of them rejects with, all do. */
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

/** What sources found with the same constants: what is near is so by the best of all. */
export function joinedHits(
  found: readonly RankedHits[],
  { limit, floor }: Pick<SearchSettings, 'limit' | 'floor'>,
): RankedHits {
  const near = best(found.flatMap(own => own.hits));
  // A name's bonus is no measure for what the others have.
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

/** What is on this machine and at a server of the team, too, is there once. */
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
