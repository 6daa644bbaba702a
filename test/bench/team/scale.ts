/**
 * `npm run bench -- team-scale`: an index as large as is wanted, of documents that are drawn rather than read and
 * encoded, so that only the server and the client are measured.
 */
import { LocalSource } from '../../../src/search/localSource.ts';
import { openClient } from '../../../src/team/client/openClient.ts';
import { ensureIndex } from '../../../src/team/client/teamIndexes.ts';
import { TEAM_FORMAT } from '../../../src/team/indexMeta.ts';
import { openScorer } from '../../../src/workspace/openScorer.ts';
import { OpenSearchNode } from '../../team/server/openSearch.ts';
import { syntheticCorpus } from '../index/syntheticCorpus.ts';
import { averageLength, localIndexOf, planOf, write } from './drawn.ts';
import { load } from './load.ts';
import { parts } from './parts.ts';
import type { Print } from './processorTime.ts';

export interface ScaleOptions {
  /** Passages, ascending. */
  readonly sizes: readonly number[];
  readonly queries: number;
  /** How often the largest index is there in the end: copies of it are searched together with it. */
  readonly copies: number;
  readonly heap: string;
  readonly programs: string;
  /** Where the server keeps its data, so that a later run goes on with what is there; null for a temporary folder. */
  readonly home: string | null;
}

/** Passages of the engine's own index, beside which the team's is searched. */
const LOCAL = 10_000;
/** More passages than are under way at once. */
const UNSURE = 4_000;
/** Name of an index together with its copies. */
const ALL = 'bench-all';
const MODEL = { name: 'drawn', revision: '1', fingerprint: 'drawn', quantisation: 'none' };

export async function benchTeamScale(
  { sizes, queries, copies, heap, programs, home }: ScaleOptions,
  print: Print,
): Promise<void> {
  const corpus = syntheticCorpus(sizes.at(-1)!, queries);
  const plans = corpus.queries.map(planOf);
  const node = await OpenSearchNode.start({ heap, fast: true, ...(home === null ? {} : { home }) });
  const client = await openClient({ name: 'bench', url: node.url, credentials: null });
  try {
    const own = await localIndexOf(corpus.items()[Symbol.iterator](), Math.min(LOCAL, sizes.at(-1)!));
    const { segments, release } = own.acquire();
    const local = new LocalSource(
      await openScorer(programs),
      new Map(segments.map(each => [each, '/bench'])),
    );
    const items = corpus.items()[Symbol.iterator]();
    const index = await ensureIndex(
      client,
      'bench',
      'drawn',
      () =>
        Promise.resolve({
          format: TEAM_FORMAT,
          model: MODEL,
          fingerprint: 'drawn',
          averageLength: averageLength(corpus.items()),
          salt: 'bench',
        }),
      { shards: 1, replicas: 0 },
    );
    const before = await passagesIn(node, index.name, sizes);
    let written = before;
    let drawn = 0;
    for (const size of sizes) {
      if (size > written) {
        for (; drawn < written; drawn++) items.next();
        await write({ node, client, index, items, from: written, to: size }, print);
        drawn = size;
      }
      written = Math.max(written, size);
      await parts({ node, index, local }, plans, `${size.toLocaleString('en')} passages`, print);
      await load({ node, client, index, searched: index.name, size }, plans, print);
    }
    if (copies > 1) {
      const size = copies * Math.max(written, sizes.at(-1)!);
      const searched = await copied(node, index.name, copies - 1);
      await load({ node, client, index, searched, size, isCopied: true }, plans, print);
    }
    release();
    await own.close();
  } finally {
    void client.close();
    await node.stop();
  }
}

/** Passages that an earlier run wrote. The last of them may have gaps, and are written again under the same ids. */
async function passagesIn(node: OpenSearchNode, index: string, sizes: readonly number[]): Promise<number> {
  // After a restart the shard is not there at once.
  await node.request('GET', `/_cluster/health/${index}?wait_for_status=yellow&timeout=300s`);
  await node.request('POST', `/${index}/_refresh`);
  const { body } = await node.request('GET', `/${index}/_count?q=_exists_:length`);
  const { count } = body as { readonly count: number };
  return sizes.includes(count) ? count : Math.max(0, count - UNSURE);
}

/**
 * Copies of an index, each a shard of its own, by links to the same files. Searching all of them takes the server what
 * as many other passages would, but for the memory: the system keeps each file once. Returns a name of all of them.
 */
async function copied(node: OpenSearchNode, index: string, count: number): Promise<string> {
  const names = Array.from({ length: count }, (_, i) => `${index}-copy${i}`);
  await node.request('PUT', `/${index}/_settings`, { 'index.blocks.write': true });
  for (const name of names) {
    await node.request('DELETE', `/${name}`);
    await node.request('PUT', `/${index}/_clone/${name}`, { settings: { 'index.number_of_replicas': 0 } });
    await node.request('GET', `/_cluster/health/${name}?wait_for_status=green&timeout=300s`);
  }
  await node.request('PUT', `/${index}/_settings`, { 'index.blocks.write': null });
  await node.request('POST', '/_aliases', {
    actions: [{ add: { indices: [index, ...names], alias: ALL } }],
  });
  return ALL;
}
