/** Runs one query over the indexes of one or more folders. */
import type { PassageIndex } from '../index/passageIndex.ts';
import type { Scorer } from '../index/scoring/scorer.ts';
import type { SearchResult } from '../domain/search.ts';
import type { PhraseStates } from './filter/phraseStates.ts';
import type { Conditions } from './filter/passageFilter.ts';
import { LocalSource } from './localSource.ts';
import type { SearchSettings as Settings } from './passageSource.ts';
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
}

export type Found = Pick<SearchResult, 'words' | 'terms' | 'rewritings' | 'hits' | 'further' | 'total'>;

/**
 * Ranks and explains; a query without words gives the passages that meet the conditions. Rejects with
 * `DamagedError`.
 */
export function search(
  scorer: Scorer,
  folders: readonly SearchedFolder[],
  query: EncodedQuery,
  { conditions, phrases, ...settings }: SearchSettings,
): Promise<Found> {
  return withSource(scorer, folders, phrases, async source => {
    const asked = settings.channel === 'lexical' ? { ...query, semantic: [] } : query;
    const plan = { query: asked, settings, conditions };
    if (query.text.trim() === '' && asked.semantic.length === 0)
      return { words: [], terms: [], rewritings: [], further: [], ...(await source.newest(plan)) };
    const { ranking, hits, further, total } = await source.rank(plan);
    return {
      words: query.words,
      terms: shownTerms(query),
      rewritings: ranking.rewritings,
      hits,
      further,
      total,
    };
  });
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
