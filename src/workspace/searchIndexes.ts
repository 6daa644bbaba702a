/** One search over the indexes of one model. */
import type { Scorer } from '../index/scorer.ts';
import type { SearchParams, SearchResult } from '../protocol.ts';
import { prepareQuery, withVector } from '../search/preparedQuery.ts';
import { search } from '../search/search.ts';
import { fileFilter } from './fileFilter.ts';
import type { FolderIndexes } from './folderIndexes.ts';

export interface SearchContext {
  readonly scorer: Scorer;
  readonly signal: AbortSignal;
  readonly onLiteral?: ((result: SearchResult) => void) | undefined;
  /** Said where the model is unavailable (localised). */
  readonly literalNotice: string;
  readonly log: (line: string) => void;
}

const DEFAULT_FLOOR = 0.2;

/** Literal hits first (through `onLiteral`), then the whole answer. Rejects with `AbortError`. */
export async function searchIndexes(
  indexes: FolderIndexes,
  params: SearchParams,
  { scorer, signal, onLiteral, literalNotice, log }: SearchContext,
): Promise<SearchResult> {
  const started = performance.now();
  const folders = params.folders.flatMap(folder => {
    const index = indexes.get(folder)?.index;
    return index === undefined ? [] : [{ path: folder, index }];
  });
  const settings = {
    limit: params.limit,
    channel: params.channel,
    floor: params.floor ?? DEFAULT_FLOOR,
    files: fileFilter(params.filter),
  };
  const finished = (
    result: Awaited<ReturnType<typeof search>>,
    stage: SearchResult['stage'],
    notice: string | null,
  ): SearchResult => ({
    ...result,
    stage,
    notice,
    milliseconds: performance.now() - started,
  });
  const query = prepareQuery(params.query);
  if (params.query.trim() === '')
    return finished({ words: [], terms: [], hits: [], total: 0 }, 'final', null);
  if (params.channel === 'lexical')
    return finished(await search(scorer, folders, query, settings), 'final', null);
  if (params.channel === 'hybrid' && onLiteral !== undefined)
    onLiteral(
      finished(await search(scorer, folders, query, { ...settings, channel: 'lexical' }), 'literal', null),
    );
  const { model } = indexes;
  const vector = await model.encodeQuery(params.query, signal, log);
  signal.throwIfAborted();
  if (vector === null)
    return finished(
      await search(scorer, folders, query, { ...settings, channel: 'lexical' }),
      'final',
      literalNotice,
    );
  return finished(
    await search(scorer, folders, withVector(query, vector, model.names), settings),
    'final',
    null,
  );
}
