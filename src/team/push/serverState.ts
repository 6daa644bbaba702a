/** What an index has of a source: the files that are there as a whole, and the documents of some of them. */
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import { TeamFault } from '../client/teamFault.ts';

export interface KnownFile {
  readonly size: number;
  readonly modified: number;
  readonly hash: string;
}

const PAGE = 5_000;
const KEEP = '2m';

const Hit = v.object({ _id: v.string(), _source: v.optional(v.unknown(), {}) });
const Page = v.object({ _scroll_id: v.string(), hits: v.object({ hits: v.array(Hit) }) });
const First = v.object({ path: v.string(), size: v.number(), modified: v.number(), fileHash: v.string() });

/** All documents that a query finds, page by page, in no order. */
async function* scroll(
  client: Client,
  index: string,
  body: object,
  signal: AbortSignal,
): AsyncGenerator<readonly v.InferOutput<typeof Hit>[]> {
  const path = `/${segment(index)}/_search`;
  const start = { method: 'POST', path, query: { scroll: KEEP }, body: { size: PAGE, ...body } } as const;
  let page = pageOf(await send(client, start, { signal }));
  try {
    while (page.hits.hits.length > 0) {
      yield page.hits.hits;
      const next = { scroll: KEEP, scroll_id: page._scroll_id };
      page = pageOf(await send(client, { method: 'POST', path: '/_search/scroll', body: next }, { signal }));
    }
  } finally {
    const body_ = { scroll_id: [page._scroll_id] };
    await send(client, { method: 'DELETE', path: '/_search/scroll', body: body_ }).catch(() => undefined);
  }
}

function pageOf(answer: unknown): v.InferOutput<typeof Page> {
  const found = v.safeParse(Page, answer);
  if (!found.success) throw new TeamFault('malformed', 'page of documents');
  return found.output;
}

/**
 * The files of a source whose documents are all there. A file's first document is written after all others, so one
 * that was cut short has none that says what the file is now.
 */
export async function knownFiles(
  client: Client,
  index: string,
  source: string,
  signal: AbortSignal,
): Promise<Map<string, KnownFile>> {
  const files = new Map<string, KnownFile>();
  const body = {
    _source: ['path', 'size', 'modified', 'fileHash'],
    query: { bool: { filter: [{ term: { source } }, { term: { number: 0 } }] } },
  };
  for await (const hits of scroll(client, index, body, signal))
    for (const { _source } of hits) {
      const found = v.safeParse(First, _source);
      if (!found.success) continue;
      const { path, size, modified, fileHash: hash } = found.output;
      // Two of them: another version of the file was being written. It is written again.
      files.set(path, files.has(path) ? { size: -1, modified: -1, hash: '' } : { size, modified, hash });
    }
  return files;
}

/** Ids of the documents of some files, by path. */
export async function documentIds(
  client: Client,
  index: string,
  source: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  const body = {
    _source: ['path'],
    query: { bool: { filter: [{ term: { source } }, { terms: { path: paths } }] } },
  };
  for await (const hits of scroll(client, index, body, signal))
    for (const { _id, _source } of hits) {
      const found = v.safeParse(v.object({ path: v.string() }), _source);
      if (!found.success) continue;
      const own = ids.get(found.output.path);
      if (own === undefined) ids.set(found.output.path, [_id]);
      else own.push(_id);
    }
  return ids;
}

/** Paths of a source that have documents and are none of `complete`: what was left unfinished. */
export async function allPaths(
  client: Client,
  index: string,
  source: string,
  signal: AbortSignal,
): Promise<Set<string>> {
  const paths = new Set<string>();
  const Buckets = v.object({
    aggregations: v.object({
      paths: v.object({
        after_key: v.optional(v.object({ path: v.string() })),
        buckets: v.array(v.object({ key: v.object({ path: v.string() }) })),
      }),
    }),
  });
  for (let after: { path: string } | undefined; ;) {
    const composite = { size: PAGE, sources: [{ path: { terms: { field: 'path' } } }], after };
    const body = { size: 0, query: { term: { source } }, aggs: { paths: { composite } } };
    const path = `/${segment(index)}/_search`;
    const answer = v.safeParse(Buckets, await send(client, { method: 'POST', path, body }, { signal }));
    if (!answer.success) throw new TeamFault('malformed', 'list of files');
    const { buckets, after_key } = answer.output.aggregations.paths;
    for (const { key } of buckets) paths.add(key.path);
    if (after_key === undefined || buckets.length === 0) return paths;
    after = after_key;
  }
}
