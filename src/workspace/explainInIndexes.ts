/** Explains why a file is, or is not, among the hits of a search. */
import type { Explanation, ExplainRequest } from '../domain/explanation.ts';
import type { QueryChip } from '../domain/query.ts';
import type { FilePlace } from '../index/segment/fileTable.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import { isAnyWanted, standingOf } from '../search/explainFile.ts';
import { conditionsOf, type Place } from '../search/filter/passageFilter.ts';
import { conditionsIn } from '../search/query/language/conditions.ts';
import { STEERING } from '../search/query/language/parsedQuery.ts';
import { withSource } from '../search/search.ts';
import { isReadable as hasReader } from '../text/fileFormats.ts';
import { AskedQuery, DEFAULT_FLOOR, type SearchContext } from './askedQuery.ts';
import { fileFilter } from './fileFilter.ts';
import type { FolderIndexes } from './indexing/folderIndexes.ts';

/** Number of hits among which an explanation looks for the file; beyond them its rank is counted. */
const LISTED = 200;

/** Rejects with `AbortError` or `DamagedError`. */
export async function explainInIndexes(
  indexes: FolderIndexes,
  request: ExplainRequest,
  context: SearchContext,
): Promise<Explanation> {
  const { folder, file } = request;
  const query = new AskedQuery(indexes, { ...request, limit: LISTED }, context);
  const { channel, floor = DEFAULT_FLOOR } = request;
  const { hasWords, lexical, withVector, parsed } = query.analyzed;
  const indexer = indexes.get(folder);
  const needsModel = channel !== 'lexical' && query.hasMeaning;
  const { vector, negativeQueries, reference } = await query.encoded(needsModel);
  const encoded = needsModel && vector !== null ? withVector(vector, indexes.model.names) : lexical;
  const settings = { limit: LISTED, channel: needsModel ? channel : 'lexical', floor, reference } as const;
  const plan = { query: encoded, settings, conditions: conditionsOf(parsed, query.files, negativeQueries) };
  const nothing = { best: null, rank: null, bestScore: 0, threshold: 0, lacking: lexical.words };
  const isSearched = query.folders.some(({ path }) => path === folder);
  const found = await withSource(context.scorer, query.folders, context.phrases, async source => {
    // The places belong to the snapshots that the source holds: a merge must not remove the passages meanwhile.
    const places = isSearched ? placesOf(indexer?.index.place(file) ?? null) : [];
    if (places.length === 0) return { ...nothing, hiddenBy: [] };
    const standing = hasWords ? await standingOf(places, { folder, file }, source, plan) : nothing;
    return { ...standing, hiddenBy: await hiddenBy(query, places) };
  });
  const head = indexer?.index.head(file) ?? null;
  const test = fileFilter(request.filter);
  return {
    entry: indexer?.ledger.entry(file) ?? null,
    ...(indexer?.admission(file) ?? { exclusion: null, isReadable: hasReader(file) }),
    waitingBefore: indexer?.waitingBefore(file) ?? null,
    isFiltered: head !== null && test !== null && !test(head),
    ...found,
  };
}

/** The clauses that none of these passages meets, tested one by one. */
async function hiddenBy(
  { analyzed, context, indexes }: AskedQuery,
  places: readonly Place[],
): Promise<QueryChip[]> {
  const { parsed } = analyzed;
  const hiding: QueryChip[] = [];
  for (const chip of parsed.chips) {
    if (STEERING.has(chip.kind)) continue;
    const own = conditionsIn([chip]);
    const { signal, log } = context;
    const away: SparseVector[] = [];
    for (const text of own.negativeQueries) {
      const vector = await indexes.model.encodeQuery(text, signal, log);
      if (vector !== null) away.push(vector);
    }
    const conditions = conditionsOf(own, fileFilter(own.filter), away);
    if (!(await isAnyWanted(places, conditions, context.phrases))) hiding.push(chip);
  }
  return hiding;
}

function placesOf(place: FilePlace | null): Place[] {
  if (place === null) return [];
  const { first, end } = place.segment.passagesOf(place.file);
  return Array.from({ length: end - first }, (_, i) => ({ segment: place.segment, passage: first + i }));
}
