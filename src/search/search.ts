/** One query over the indexes of one or more folders. */
import type { PassageIndex } from '../index/passageIndex.ts';
import type { Scorer } from '../index/scorer.ts';
import type { Segment } from '../index/segment.ts';
import type { Channel, Hit, SearchResult } from '../protocol.ts';
import { contributionsOf } from './explain.ts';
import { rank } from './fusion.ts';
import { LexicalChannel } from './lexicalChannel.ts';
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
}

/** Ranks and explains. `milliseconds` and `notice` are the caller's to fill. */
export function search(
  scorer: Scorer,
  folders: readonly SearchedFolder[],
  query: PreparedQuery,
  settings: SearchSettings,
): Omit<SearchResult, 'milliseconds' | 'notice' | 'stage'> {
  const folderOf = new Map<Segment, string>();
  for (const folder of folders)
    for (const segment of folder.index.segments) folderOf.set(segment, folder.path);
  const segments = [...folderOf.keys()];
  const lexical = settings.channel === 'semantic' ? null : new LexicalChannel(segments, query.lexical);
  const semantic = settings.channel === 'lexical' ? [] : query.semantic;
  const channel = semantic.length === 0 && settings.channel === 'hybrid' ? 'lexical' : settings.channel;
  const ranking = rank(scorer, segments, semantic, lexical, channel, settings.limit);
  const floor = (ranking.hits[0]?.score ?? 0) * settings.floor;
  const hits = ranking.hits
    .filter(hit => hit.score >= floor)
    .map((scored): Hit => {
      const { segment, passage, score } = scored;
      const { text, line, column, endLine, headings } = segment.passage(passage);
      const contributions = contributionsOf(scored, query, lexical, ranking.constants);
      const file = segment.file(segment.fileOf(passage));
      const id = `${segment.hash(passage)}:${segment.passage(passage).start}:${file.path}`;
      const folder = folderOf.get(segment)!;
      return { id, folder, file: file.path, line, column, endLine, headings, text, score, contributions };
    });
  return {
    words: query.words,
    terms: shownTerms(query),
    hits,
    total: Math.max(hits.length, ranking.countFrom(floor)),
  };
}
