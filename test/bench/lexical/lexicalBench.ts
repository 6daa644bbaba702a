/** How long the literal path takes, from the text of a query to its hits, with every form and condition on. */
import type { PassageIndex } from '../../../src/index/passageIndex.ts';
import { PhraseStates } from '../../../src/search/filter/phraseStates.ts';
import type { FolderIndexes } from '../../../src/workspace/indexing/folderIndexes.ts';
import { openScorer } from '../../../src/workspace/openScorer.ts';
import { searchIndexes } from '../../../src/workspace/searchIndexes.ts';
import { WorkspaceLexicon } from '../../../src/workspace/workspaceLexicon.ts';
import { percentile, type Figure } from '../figures.ts';
import { lexicalQueries } from './queries.ts';
import { documentsIn, openTexts } from './texts.ts';

export interface LexicalBenchOptions {
  readonly programs: string;
  readonly store: string;
  /** Rows with texts: see `documentsIn`. */
  readonly texts: string;
  readonly size: number;
  /** Of each kind. */
  readonly queries: number;
}

const LIMIT_MS = 50;

export async function benchLexical({
  programs,
  store,
  texts,
  size,
  queries: each,
}: LexicalBenchOptions): Promise<readonly Figure[]> {
  const documents = documentsIn(texts);
  const index = await openTexts(store, documents, size);
  const lexicon = new WorkspaceLexicon({
    indexes: () => [index],
    glossaries: () => Promise.resolve([]),
    isReading: () => false,
    pace: () => Promise.resolve(),
    log: () => undefined,
  });
  await lexicon.ready();
  const passages = documents.flatMap(document => document.passages);
  const context = {
    scorer: await openScorer(programs),
    phrases: new PhraseStates(),
    signal: new AbortController().signal,
    lexicalNotice: '',
    lexicon: lexicon.current,
    log: () => undefined,
  };
  const cpu: number[] = [];
  const ask = async (query: string): Promise<number> => {
    const before = process.cpuUsage();
    const started = performance.now();
    const params = { folders: ['/'], query, limit: 30, channel: 'lexical', typing: true } as const;
    await searchIndexes(indexesOf(index), params, context);
    const wall = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
    return wall;
  };
  for (const query of ['설정 파일', '값을 바꾸는 방법', '설치하기 전에']) await ask(query);
  cpu.length = 0;
  const figures: Figure[] = [{ name: 'passages', value: index.passageCount, unit: '' }];
  const all: number[] = [];
  for (const [kind, queries] of lexicalQueries(passages, each)) {
    const times: number[] = [];
    for (const query of queries) times.push(await ask(query));
    all.push(...times);
    figures.push(...timesOf(kind, times));
  }
  await lexicon.close();
  await index.close();
  // On a busy machine the clock says little: this is what all threads worked.
  const worked: Figure = { name: 'all, CPU time p95', value: percentile(cpu, 0.95), unit: 'ms' };
  return [...figures, ...timesOf('all', all), worked];
}

function timesOf(name: string, times: readonly number[]): Figure[] {
  return [
    { name: `${name} p50`, value: percentile(times, 0.5), unit: 'ms' },
    { name: `${name} p95`, value: percentile(times, 0.95), unit: 'ms', limit: LIMIT_MS },
  ];
}

/** What a search without a model needs of them. */
function indexesOf(index: PassageIndex): FolderIndexes {
  return { get: () => ({ index, unread: [] }) } as unknown as FolderIndexes;
}
