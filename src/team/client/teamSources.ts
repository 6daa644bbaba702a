/** The folders that were pushed into an index: a document each, so that two pushers never overwrite each other's. */
import { createHash } from 'node:crypto';
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import { send } from './send.ts';
import { segment, writeAlias } from './teamIndexes.ts';
import { TeamFault } from './teamFault.ts';

const Source = v.object({
  record: v.literal('source'),
  source: v.pipe(v.string(), v.maxLength(200)),
  /** Of the installation that pushes it: two must not push different folders by one name. */
  owner: v.pipe(v.string(), v.maxLength(200)),
  /** When all of the folder was there for the first time; ms since 1970 by the pusher's clock, for people. */
  complete: v.nullable(v.number()),
});

export type SourceRecord = Omit<v.InferOutput<typeof Source>, 'record'>;

const MOST_SOURCES = 10_000;
const Answer = v.object({ hits: v.object({ hits: v.array(v.object({ _source: v.unknown() })) }) });

/** By name. Records that are none are left out. */
export async function sourcesOf(client: Client, index: string): Promise<ReadonlyMap<string, SourceRecord>> {
  await send(client, { method: 'POST', path: `/${segment(index)}/_refresh` });
  const body = { size: MOST_SOURCES, query: { bool: { filter: [{ term: { record: 'source' } }] } } };
  const answer = await send(client, { method: 'POST', path: `/${segment(index)}/_search`, body });
  const found = v.safeParse(Answer, answer);
  if (!found.success) throw new TeamFault('malformed', 'sources');
  const sources = new Map<string, SourceRecord>();
  for (const { _source } of found.output.hits.hits) {
    const own = v.safeParse(Source, _source);
    if (own.success) sources.set(own.output.source, own.output);
  }
  return sources;
}

export async function putSource(client: Client, index: string, record: SourceRecord): Promise<void> {
  const path = `/${segment(writeAlias(index))}/_doc/${idOf(record.source)}`;
  const body = { record: 'source', ...record };
  await send(client, { method: 'PUT', path, query: { require_alias: true, refresh: true }, body });
}

export async function deleteSource(client: Client, index: string, source: string): Promise<void> {
  const path = `/${segment(writeAlias(index))}/_doc/${idOf(source)}`;
  try {
    await send(client, { method: 'DELETE', path, query: { refresh: true } });
  } catch (error) {
    if (!(error instanceof TeamFault) || error.state !== 'missing') throw error;
  }
}

function idOf(source: string): string {
  return `source-${createHash('sha256').update(source).digest('hex').slice(0, 24)}`;
}
