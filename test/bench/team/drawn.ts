/** Passages that are drawn rather than read and encoded, for the server and for the engine's own index. */
import { createHash } from 'node:crypto';
import os from 'node:os';
import type { Client } from '@opensearch-project/opensearch';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import type { FileRecord } from '../../../src/index/records.ts';
import { countTerms } from '../../../src/readers/countTerms.ts';
import type { SearchPlan } from '../../../src/search/passageSource.ts';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import { BulkWriter, type BulkAction } from '../../../src/team/client/bulk.ts';
import { refresh, type TeamIndex } from '../../../src/team/client/teamIndexes.ts';
import { documentId, documentOf } from '../../../src/team/documents.ts';
import { FeatureNames, lengthOf } from '../../../src/team/features.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';
import type { OpenSearchNode } from '../../team/server/openSearch.ts';
import { PASSAGES_PER_FILE, type BenchPassage, type BenchQuery } from '../index/corpus.ts';
import { processorTime, type Print } from './processorTime.ts';
import { NEVER, TOP } from './timedSearch.ts';

const GROUP = 512;
const GROUPS = 4;
const SAMPLED = 500;

export function planOf({ text, terms }: BenchQuery): SearchPlan {
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

export function averageLength(items: Iterable<BenchPassage>): number {
  let [sum, count] = [0, 0];
  for (const { text } of items) {
    sum += lengthOf(countTerms({ text, plain: text, headings: '' }));
    if (++count === SAMPLED) break;
  }
  return Math.round(sum / count);
}

export interface Writing {
  readonly node: OpenSearchNode;
  readonly client: Client;
  readonly index: TeamIndex;
  readonly items: Iterator<BenchPassage>;
  readonly from: number;
  readonly to: number;
}

export async function write({ node, client, index, items, from, to }: Writing, print: Print): Promise<void> {
  const names = new FeatureNames(index.meta.salt);
  const writer = new BulkWriter(client, index.name, { signal: NEVER, onWaiting: () => undefined });
  const started = performance.now();
  const before = { own: process.cpuUsage(), server: processorTime(node.pid) };
  // A refresh now and then makes many small segments, which nobody searches during a first push.
  await node.request('PUT', `/${index.name}/_settings`, { index: { refresh_interval: '-1' } });
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
  await node.request('PUT', `/${index.name}/_settings`, { index: { refresh_interval: '5s' } });
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

/** The first passages of a corpus in the engine's own index, in memory. */
export async function localIndexOf(items: Iterator<BenchPassage>, count: number): Promise<PassageIndex> {
  const index = await PassageIndex.open(new MemoryStore(), 'bench');
  let files: FileRecord[] = [];
  for (let i = 0; i < count; i += PASSAGES_PER_FILE) {
    const passages = Array.from({ length: Math.min(PASSAGES_PER_FILE, count - i) }, (_, n) => {
      const drawn = items.next().value as BenchPassage;
      return { ...passageOf(i + n, drawn), vector: drawn.vector };
    });
    const { path, size, modified, hash, tags } = fileOf(i, passages[0]!.text);
    files.push({ path, size, modified, hash, tags, state: 'indexed', reason: null, detail: null, passages });
    if (files.length < GROUP) continue;
    await index.replace(files);
    files = [];
  }
  await index.replace(files);
  return index;
}

function passageOf(i: number, { text }: BenchPassage) {
  const start = (i % PASSAGES_PER_FILE) * 1_000;
  return {
    start,
    end: start + text.length,
    line: 0,
    column: 0,
    endLine: 0,
    text,
    terms: countTerms({ text, plain: text, headings: '' }),
    hash: createHash('sha256').update(String(i)).digest('hex').slice(0, 32),
    beside: '',
    headings: [],
    markup: 'none' as const,
    location: { kind: 'line' as const },
  };
}

function fileOf(i: number, text: string) {
  const file = Math.floor(i / PASSAGES_PER_FILE);
  return {
    path: `folder${file % 500}/${file}.txt`,
    size: PASSAGES_PER_FILE * text.length,
    modified: 1e12 + file,
    hash: '',
    tags: [],
  };
}

function actionOf(i: number, drawn: BenchPassage, index: TeamIndex, names: FeatureNames): BulkAction {
  const passage = { ...passageOf(i, drawn), context: '', tokens: 150 };
  const file = fileOf(i, drawn.text);
  const features = { averageLength: index.meta.averageLength, names };
  const document = documentOf('drawn', file, passage, i % PASSAGES_PER_FILE, drawn.vector, features);
  return { kind: 'index', id: documentId('drawn', file.path, passage), document };
}
