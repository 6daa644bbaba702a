/** One query over the indexes of one or more folders. */
import type { PassageIndex } from '../index/passageIndex.ts';
import type { Scorer } from '../index/scoring/scorer.ts';
import type { Segment } from '../index/segment/segment.ts';
import type { Channel } from '../domain/channel.ts';
import type { Hit } from '../domain/hit.ts';
import type { PassageText } from '../domain/passage.ts';
import type { SearchResult } from '../domain/search.ts';
import { contributionsOf } from './explain.ts';
import { isFar } from './ranking/farHits.ts';
import { newestPassages } from './ranking/newestPassages.ts';
import { PhraseStates } from './filter/phraseStates.ts';
import { shownTerms, type PreparedQuery } from './query/preparedQuery.ts';
import { rankNamed, type NamedHit } from './ranking/rankNamed.ts';
import { rankWanted } from './ranking/rankWanted.ts';
import { WantedPassages, type Conditions, type Place } from './filter/wantedPassages.ts';

export interface SearchedFolder {
  readonly path: string;
  readonly index: PassageIndex;
}

export interface SearchSettings {
  readonly limit: number;
  readonly channel: Channel;
  /** Hits below this share of the best score are left out (0 keeps all). */
  readonly floor: number;
  /** The model's unit of measure (`selfScore`). */
  readonly reference?: number | undefined;
  /** What a passage must be, besides a good answer. */
  readonly conditions?: Conditions;
  /** Remembers which passages have which phrase. */
  readonly phrases?: PhraseStates;
}

export type Found = Pick<SearchResult, 'words' | 'terms' | 'rewritings' | 'hits' | 'further' | 'total'>;

/** Ranks and explains; without a word to look for, what meets the conditions. Rejects with `DamagedError`. */
export async function search(
  scorer: Scorer,
  folders: readonly SearchedFolder[],
  query: PreparedQuery,
  settings: SearchSettings,
): Promise<Found> {
  const readings = folders.map(folder => ({ path: folder.path, reading: folder.index.acquire() }));
  try {
    const folderOf = new Map(
      readings.flatMap(({ path, reading }) => reading.segments.map(segment => [segment, path] as const)),
    );
    return await searchSegments(scorer, folderOf, query, settings);
  } finally {
    for (const { reading } of readings) reading.release();
  }
}

async function searchSegments(
  scorer: Scorer,
  folderOf: ReadonlyMap<Segment, string>,
  query: PreparedQuery,
  settings: SearchSettings,
): Promise<Found> {
  const segments = [...folderOf.keys()];
  const { limit: k, floor, conditions, phrases = new PhraseStates() } = settings;
  const wanted = conditions === undefined ? null : await WantedPassages.of(segments, conditions, phrases);
  if (query.text.trim() === '') {
    const { places, total } = wanted === null ? { places: [], total: 0 } : await newestPassages(wanted, k);
    const hits = places.map(place => hitOf(place, folderOf, 0, () => []));
    return { words: [], terms: [], rewritings: [], hits: await Promise.all(hits), further: [], total };
  }
  const semantic = settings.channel === 'lexical' ? [] : query.semantic;
  const channel = semantic.length === 0 && settings.channel === 'hybrid' ? 'lexical' : settings.channel;
  const asked = { ...query, semantic };
  const rules = { channel, k, floor, reference: settings.reference };
  const others = await rankWanted(scorer, segments, asked, rules, wanted);
  const ranking = await rankNamed(scorer, segments, asked, rules, wanted, others);
  // A name's bonus is no measure for what the others have.
  const best = Math.max(0, ...ranking.hits.map(({ score, name }) => score - name));
  const isNear = (hit: NamedHit): boolean => hit.score >= best * floor && !isFar(hit, asked);
  const shown = (hits: readonly NamedHit[]): Promise<Hit[]> =>
    Promise.all(
      hits.map(scored =>
        hitOf(scored, folderOf, scored.score, (passage, headings) =>
          contributionsOf(scored, passage, headings, query, ranking.constants),
        ),
      ),
    );
  const hits = await shown(ranking.hits.filter(isNear));
  return {
    words: query.words,
    terms: shownTerms(query),
    rewritings: ranking.rewritings,
    hits,
    further: await shown(ranking.hits.filter(hit => !isNear(hit))),
    total: Math.max(hits.length, ranking.total),
  };
}

async function hitOf(
  { segment, passage }: Place,
  folderOf: ReadonlyMap<Segment, string>,
  score: number,
  explain: (passage: PassageText, headings: readonly string[]) => Hit['contributions'],
): Promise<Hit> {
  const { hash, ...place } = await segment.passage(passage);
  const text = await segment.text(passage);
  const { path } = segment.file(segment.fileOf(passage));
  const id = `${hash}:${place.start}:${path}`;
  const folder = folderOf.get(segment)!;
  return {
    ...place,
    id,
    folder,
    file: path,
    text,
    score,
    contributions: explain({ text, markup: place.markup }, place.headings),
  };
}
