/** One query over the indexes of one or more folders. */
import type { PassageIndex } from '../index/passageIndex.ts';
import type { FileHead } from '../index/records.ts';
import type { Scorer } from '../index/scorer.ts';
import type { Segment } from '../index/segment.ts';
import type { Channel, Hit, SearchResult } from '../protocol.ts';
import { contributionsOf } from './explain.ts';
import { rank } from './fusion.ts';
import { shownTerms, type PreparedQuery } from './preparedQuery.ts';

export interface SearchedFolder {
  readonly path: string;
  readonly index: PassageIndex;
}

export interface SearchSettings {
  readonly limit: number;
  readonly channel: Channel;
  /** Hits below this share of the best score are left out (0 keeps all). */
  readonly floor: number;
  /** Which files are looked at; null for all. */
  readonly files?: ((head: FileHead) => boolean) | null;
}

/** Ranks and explains. `milliseconds` and `notice` are the caller's to fill. Rejects with `DamagedError`. */
export async function search(
  scorer: Scorer,
  folders: readonly SearchedFolder[],
  query: PreparedQuery,
  settings: SearchSettings,
): Promise<Omit<SearchResult, 'milliseconds' | 'notice' | 'stage'>> {
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
): Promise<Omit<SearchResult, 'milliseconds' | 'notice' | 'stage'>> {
  const segments = [...folderOf.keys()];
  const semantic = settings.channel === 'lexical' ? [] : query.semantic;
  const channel = semantic.length === 0 && settings.channel === 'hybrid' ? 'lexical' : settings.channel;
  const { limit: k, floor, files = null } = settings;
  const wanted = files === null ? undefined : (segment: Segment) => passagesOf(segment, files);
  const ranking = await rank(scorer, segments, semantic, query.lexical, { channel, k, floor, wanted });
  const least = (ranking.hits[0]?.score ?? 0) * floor;
  const hits = ranking.hits
    .filter(hit => hit.score >= least)
    .map(async (scored): Promise<Hit> => {
      const { segment, passage, score } = scored;
      const { line, column, endLine, headings, start, hash } = await segment.passage(passage);
      const text = await segment.text(passage);
      const contributions = contributionsOf(scored, text, headings, query, ranking.constants);
      const { path } = segment.file(segment.fileOf(passage));
      const id = `${hash}:${start}:${path}`;
      const folder = folderOf.get(segment)!;
      return { id, folder, file: path, line, column, endLine, headings, text, score, contributions };
    });
  return {
    words: query.words,
    terms: shownTerms(query),
    hits: await Promise.all(hits),
    total: Math.max(hits.length, ranking.total),
  };
}

/** Flags of the passages whose file passes the test. */
function passagesOf(segment: Segment, test: (head: FileHead) => boolean): Uint8Array {
  const flags = new Uint8Array(segment.passageCount);
  for (let file = 0; file < segment.fileCount; file++) {
    const { first, end } = segment.passagesOf(file);
    if (first < end && test(segment.file(file))) flags.fill(1, first, end);
  }
  return flags;
}
