/**
 * `npm run bench -- team-scale`: an index as large as is wanted, of documents that are drawn rather than read and
 * encoded, so that only the server and the client are measured.
 */
import { createHash } from 'node:crypto';
import os from 'node:os';
import type { Client } from '@opensearch-project/opensearch';
import type { SearchPlan } from '../../../src/search/passageSource.ts';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import { countTerms } from '../../../src/readers/countTerms.ts';
import { BulkWriter, type BulkAction } from '../../../src/team/client/bulk.ts';
import { openClient } from '../../../src/team/client/openClient.ts';
import { ensureIndex, refresh, type TeamIndex } from '../../../src/team/client/teamIndexes.ts';
import { documentId, documentOf } from '../../../src/team/documents.ts';
import { FeatureNames, lengthOf } from '../../../src/team/features.ts';
import { TEAM_FORMAT } from '../../../src/team/indexMeta.ts';
import { OpenSearchNode } from '../../team/server/openSearch.ts';
import { PASSAGES_PER_FILE, type BenchPassage, type BenchQuery } from '../index/corpus.ts';
import { syntheticCorpus } from '../index/syntheticCorpus.ts';
import { load, processorTime, type Print } from './load.ts';
import { NEVER, TOP } from './timedSearch.ts';

export interface ScaleOptions {
  /** Passages, ascending. */
  readonly sizes: readonly number[];
  readonly queries: number;
  readonly heap: string;
}

const GROUP = 512;
const GROUPS = 4;
const SAMPLED = 500;
const MODEL = { name: 'drawn', revision: '1', fingerprint: 'drawn', quantisation: 'none' };

export async function benchTeamScale({ sizes, queries, heap }: ScaleOptions, print: Print): Promise<void> {
  const corpus = syntheticCorpus(sizes.at(-1)!, queries);
  const plans = corpus.queries.map(planOf);
  const node = await OpenSearchNode.start({ heap, fast: true });
  const client = await openClient({ name: 'bench', url: node.url, credentials: null });
  try {
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
    let written = 0;
    for (const size of sizes) {
      await write({ node, client, index, items, from: written, to: size }, print);
      written = size;
      await load(node, client, index, plans, size, print);
    }
  } finally {
    void client.close();
    await node.stop();
  }
}

function planOf({ text, terms }: BenchQuery): SearchPlan {
  const semantic = terms.map(term => ({
    ...term,
    name: `말${term.dimension}`,
    written: '',
    word: 0,
    expansion: false,
  }));
  return {
    query: { ...prepareQuery(text), semantic },
    settings: { limit: TOP, channel: 'hybrid', floor: 0 },
  };
}

function averageLength(items: Iterable<BenchPassage>): number {
  let [sum, count] = [0, 0];
  for (const { text } of items) {
    sum += lengthOf(countTerms({ text, plain: text, headings: '' }));
    if (++count === SAMPLED) break;
  }
  return Math.round(sum / count);
}

interface Writing {
  readonly node: OpenSearchNode;
  readonly client: Client;
  readonly index: TeamIndex;
  readonly items: Iterator<BenchPassage>;
  readonly from: number;
  readonly to: number;
}

async function write({ node, client, index, items, from, to }: Writing, print: Print): Promise<void> {
  const names = new FeatureNames(index.meta.salt);
  const writer = new BulkWriter(client, index.name, { signal: NEVER, onWaiting: () => undefined });
  const started = performance.now();
  const before = { own: process.cpuUsage(), server: processorTime(node.pid) };
  const underWay = new Set<Promise<void>>();
  let group: BulkAction[] = [];
  const send = async (): Promise<void> => {
    const work: Promise<void> = writer.write(group).finally(() => underWay.delete(work));
    underWay.add(work);
    group = [];
    if (underWay.size >= GROUPS) await Promise.race(underWay);
  };
  for (let i = from; i < to; i++) {
    group.push(actionOf(i, items.next().value as BenchPassage, index, names));
    if (group.length === GROUP) await send();
  }
  await send();
  await Promise.all(underWay);
  await refresh(client, index.name);
  const seconds = (performance.now() - started) / 1_000;
  const own = process.cpuUsage(before.own);
  const count = to - from;
  const server = before.server === null ? null : processorTime(node.pid)! - before.server;
  const name = `${to.toLocaleString('en')} passages: written`;
  print({
    name,
    value: Math.round(count / seconds),
    unit: 'passages/s',
    note: `drawing them included; ${Math.round(seconds)} s, load average ${os.loadavg()[0]!.toFixed(0)}`,
  });
  print({
    name: `${name}, processor time`,
    value: server === null ? null : Math.round((1_000 * server) / count) / 1_000,
    unit: 'ms each on the server',
    note: `${((own.user + own.system) / 1_000 / count).toFixed(2)} ms each here`,
  });
}

function actionOf(
  i: number,
  { text, vector }: BenchPassage,
  index: TeamIndex,
  names: FeatureNames,
): BulkAction {
  const file = Math.floor(i / PASSAGES_PER_FILE);
  const number = i % PASSAGES_PER_FILE;
  const hash = createHash('sha256').update(String(i)).digest('hex').slice(0, 32);
  const start = number * 1_000;
  const place = { start, end: start + text.length, line: 0, column: 0, endLine: 0 };
  const terms = countTerms({ text, plain: text, headings: '' });
  const passage = {
    ...place,
    text,
    terms,
    hash,
    beside: '',
    context: '',
    headings: [],
    tokens: 150,
    markup: 'none' as const,
    location: { kind: 'line' as const },
  };
  const path = `folder${file % 500}/${file}.txt`;
  const pushed = { path, size: 8 * text.length, modified: 1e12 + file, hash: '', tags: [] };
  const features = { averageLength: index.meta.averageLength, names };
  const document = documentOf('drawn', pushed, passage, number, vector, features);
  return { kind: 'index', id: documentId('drawn', path, passage), document };
}
