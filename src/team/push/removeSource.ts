/** Takes a folder's documents out of an index, all of them, and the record of it last. */
import type { Client } from '@opensearch-project/opensearch';
import { BulkWriter } from '../client/bulk.ts';
import { refresh } from '../client/teamIndexes.ts';
import { deleteSource } from '../client/teamSources.ts';
import { allPaths, documentIds } from './serverState.ts';

const AT_ONCE = 200;

/** How many documents there were. */
export async function removeSource(
  client: Client,
  index: string,
  source: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  await refresh(client, index);
  const writer = new BulkWriter(client, index, { signal, onWaiting: () => undefined });
  const paths = [...(await allPaths(client, index, source, signal))];
  let removed = 0;
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const found = await documentIds(client, index, source, paths.slice(at, at + AT_ONCE), signal);
    const ids = [...found.values()].flat();
    await writer.write(ids.map(id => ({ kind: 'delete' as const, id })));
    removed += ids.length;
  }
  await deleteSource(client, index, source);
  await refresh(client, index);
  return removed;
}
