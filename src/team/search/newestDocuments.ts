/** The passages that meet conditions, newest file first, for a query without words. */
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import type { StoredDocument } from '../documents.ts';
import { KEPT_ONLY } from '../keptDocument.ts';
import { MORE, MOST, pageOf, type CandidateOptions } from './candidates.ts';
import { opened } from './servedPassage.ts';
import type { SearchedIndex } from './teamHits.ts';

export interface NewestDocuments {
  readonly documents: readonly StoredDocument[];
  /** Number of passages that the server counts; with conditions that it cannot check, only those that it could. */
  readonly total: number;
  readonly took: number;
  readonly dropped: number;
  /** There may be more among those that were not checked. */
  readonly isCut: boolean;
}

export async function newestDocuments(
  { client, searched }: SearchedIndex,
  { k, filters, test }: CandidateOptions,
  signal: AbortSignal,
): Promise<NewestDocuments> {
  const path = `/${segment(searched)}/_search`;
  let took = 0;
  for (let size = test === null ? k : Math.min(MOST, 2 * k + MORE); ; size = Math.min(MOST, 4 * size)) {
    const body = {
      size,
      track_total_hits: true,
      ...KEPT_ONLY,
      query: { bool: { filter: [{ exists: { field: 'length' } }, ...filters] } },
      sort: [{ modified: 'desc' }, { path: 'asc' }, { number: 'asc' }],
    };
    const page = pageOf(await send(client, { method: 'POST', path, body }, { signal }));
    took += page.took;
    const open = opened(page.passages);
    const passed = open.filter(passage => test === null || test(passage));
    const isAll = page.count < size;
    if (!isAll && passed.length < k && size < MOST) continue;
    const dropped = page.dropped + page.passages.length - open.length;
    const total = isAll ? passed.length : page.total;
    return {
      documents: passed.slice(0, k).map(({ document }) => document),
      total,
      took,
      dropped,
      isCut: !isAll && passed.length < k && test !== null,
    };
  }
}
