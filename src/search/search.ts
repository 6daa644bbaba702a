/** Runs one query over the indexes of one or more folders. */
import type { PassageIndex } from '../index/passageIndex.ts';
import type { Scorer } from '../index/scoring/scorer.ts';
import type { SearchResult } from '../domain/search.ts';
import type { PhraseStates } from './filter/phraseStates.ts';
import type { Conditions } from './filter/passageFilter.ts';
import { LocalSource, type LocalHits } from './localSource.ts';
import {
  barOf,
  isConditional,
  joinedHits,
  joinedMaxima,
  joinedNewest,
  type RankedHits,
  type SearchPlan,
} from './passageSource.ts';
import type { SearchSettings as Settings } from './passageSource.ts';
import { SEMANTIC_SHARE } from './ranking/fusion.ts';
import { constantsOf, type Constants } from './ranking/fusionConstants.ts';
import { DEFAULT_REFERENCE } from './ranking/semanticReference.ts';
import type { RemoteSearch } from './remoteSearch.ts';
import { shownTerms, type EncodedQuery } from './query/encodedQuery.ts';

export interface SearchedFolder {
  readonly path: string;
  readonly index: PassageIndex;
}

export interface SearchSettings extends Settings {
  /** Conditions that a passage must meet, however good an answer it is. */
  readonly conditions?: Conditions;
  /** Caches which passages have which phrase. */
  readonly phrases?: PhraseStates;
  /** Begins to ask sources that are elsewhere; absent: there are none. */
  readonly remote?: ((plan: SearchPlan) => RemoteSearch) | undefined;
  /** Called with what is here, before anybody waits for what is elsewhere. */
  readonly onLocal?: ((found: Found) => void) | undefined;
}

export type Found = Pick<
  SearchResult,
  'words' | 'terms' | 'rewritings' | 'hits' | 'further' | 'total' | 'team'
>;

/**
 * Ranks and explains; a query without words gives the passages that meet the conditions. Rejects with
 * `DamagedError`.
 */
export function search(
  scorer: Scorer,
  folders: readonly SearchedFolder[],
  query: EncodedQuery,
  { conditions, phrases, remote, onLocal, ...settings }: SearchSettings,
): Promise<Found> {
  return withSource(scorer, folders, phrases, async source => {
    const asked = settings.channel === 'lexical' ? { ...query, semantic: [] } : query;
    const plan = { query: asked, settings, conditions };
    if (isConditional(plan)) return newest(source, plan, remote, onLocal);
    // Other sources begin while the local ones are ranked.
    const elsewhere = remote?.(plan);
    const local = await source.rank(plan);
    const found = (ranked: RankedHits, rewritings: Found['rewritings']): Found => ({
      words: query.words,
      terms: shownTerms(query),
      rewritings,
      hits: ranked.hits,
      further: ranked.further,
      total: ranked.total,
    });
    const { rewritings } = local.ranking;
    if (elsewhere === undefined) return found(local, rewritings);
    onLocal?.(found(local, rewritings));
    const together = await rankBeside(source, local, elsewhere, plan);
    return { ...found(together ?? local, rewritings), team: elsewhere.answers() };
  });
}

function wordless(ranked: RankedHits): Found {
  return { words: [], terms: [], rewritings: [], ...ranked };
}

/** The passages that meet the conditions of a query without words. */
async function newest(
  source: LocalSource,
  plan: SearchPlan,
  remote: SearchSettings['remote'],
  onLocal: SearchSettings['onLocal'],
): Promise<Found> {
  const elsewhere = remote?.(plan);
  const local = await source.newest(plan);
  if (elsewhere === undefined) return wordless(local);
  onLocal?.(wordless(local));
  const all = joinedNewest([local, ...(await elsewhere.newest())], plan.settings.limit);
  return { ...wordless(all), team: elsewhere.answers() };
}

/**
 * Ranks what is here and what is elsewhere as one, with the constants of all; null where nobody elsewhere has answered.
 */
export async function rankBeside(
  source: LocalSource,
  { ranking }: LocalHits,
  elsewhere: RemoteSearch,
  plan: SearchPlan,
): Promise<(RankedHits & { readonly constants: Constants }) | null> {
  const maxima = await elsewhere.maxima();
  if (maxima.length === 0) return null;
  const { channel, reference = DEFAULT_REFERENCE } = plan.settings;
  const settings = { channel, share: SEMANTIC_SHARE, reference };
  const constants = constantsOf(joinedMaxima([ranking.maxima, ...maxima]), settings);
  const own = source.rankWith(plan, constants);
  const bar = own.then(
    hits => barOf(hits, plan.settings),
    () => 0,
  );
  const [here, others] = await Promise.all([own, elsewhere.rankWith(constants, bar)]);
  return { ...joinedHits([here, ...others], plan.settings), constants };
}

/** Keeps the folders' current segments readable until the work is done. */
export async function withSource<T>(
  scorer: Scorer,
  folders: readonly SearchedFolder[],
  phrases: PhraseStates | undefined,
  work: (source: LocalSource) => Promise<T>,
): Promise<T> {
  const readings = folders.map(folder => ({ path: folder.path, reading: folder.index.acquire() }));
  try {
    const folderOf = new Map(
      readings.flatMap(({ path, reading }) => reading.segments.map(segment => [segment, path] as const)),
    );
    return await work(new LocalSource(scorer, folderOf, phrases));
  } finally {
    for (const { reading } of readings) reading.release();
  }
}
