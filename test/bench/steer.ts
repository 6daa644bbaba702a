/** How long a steered query takes to be ranked anew, and a file to be explained: from the text to the hits, no model. */
import fs from 'node:fs';
import path from 'node:path';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { PhraseStates } from '../../src/search/filter/phraseStates.ts';
import { FileStore } from '../../src/workspace/files/fileStore.ts';
import type { FolderIndexes } from '../../src/workspace/indexing/folderIndexes.ts';
import { openScorer } from '../../src/workspace/openScorer.ts';
import { explainInIndexes } from '../../src/workspace/explainInIndexes.ts';
import { searchIndexes } from '../../src/workspace/searchIndexes.ts';
import { vectorOf } from '../fakes/records.ts';
import { percentile, type BenchOptions, type Figure } from './figures.ts';
import { Malmoi } from './index/malmoi.ts';
import { syntheticCorpus } from './index/syntheticCorpus.ts';

const STEER_LIMIT_MS = 50;
const WHY_LIMIT_MS = 100;
/** Changes of a query's chips: each another dimension, and one of them a word. */
const EDITS = 6;
const DIMENSIONS = 23_709;

export async function benchSteering(
  { programs, store }: BenchOptions,
  size: number,
  count: number,
): Promise<readonly Figure[]> {
  const folder = path.join(store, `steer-${size}`);
  const corpus = syntheticCorpus(size, count);
  if (!fs.existsSync(folder)) await new Malmoi({ folder, programs, lucene: null }, 'wasm').build(corpus);
  const index = await PassageIndex.open(await FileStore.open(folder), 'bench');
  const names = Array.from({ length: DIMENSIONS }, (_, dimension) => `말${dimension}`);
  const vectors = new Map(corpus.queries.map(({ text, terms }) => [text, vectorOf(weightsOf(terms))]));
  const model = {
    names,
    info: null,
    reference: () => Promise.resolve(50),
    encodeQuery: (text: string) => Promise.resolve(vectors.get(text) ?? null),
  };
  const indexer = {
    index,
    unread: [],
    isUnread: () => false,
    prefer: () => undefined,
    entry: () => null,
    admission: () => ({ exclusion: null, isReadable: true }),
    waitingBefore: () => null,
  };
  const indexes = { get: () => indexer, model } as unknown as FolderIndexes;
  const context = {
    scorer: await openScorer(programs),
    phrases: new PhraseStates(),
    signal: new AbortController().signal,
    lexicalNotice: '',
    lexicon: null,
    log: () => undefined,
  };
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  const asked = { folders: ['/'], limit: 50, channel: 'hybrid' } as const;
  const ask = (query: string): Promise<number> =>
    timed(() => searchIndexes(indexes, { ...asked, query, finalOnly: true }, context));
  const paths = Array.from(index.heads(), ({ path: file }) => file);
  const first: number[] = [];
  const steered: number[] = [];
  const why: number[] = [];
  for (const { text, terms } of corpus.queries) {
    first.push(await ask(text));
    for (let i = 0; i < EDITS; i++) {
      const { dimension, weight } = terms[i % terms.length]!;
      const edit =
        i === EDITS - 1 ? text.replace(' ', '^2 ') : `${text} 뜻:말${dimension}^${(i * weight) / 2}`;
      steered.push(await ask(edit));
    }
    const file = paths[Math.floor((why.length / count) * paths.length)]!;
    why.push(
      await timed(() => explainInIndexes(indexes, { ...asked, folder: '/', file, query: text }, context)),
    );
  }
  await index.close();
  const figures = (name: string, values: readonly number[], limit?: number): Figure[] =>
    ([0.5, 0.95, 1] as const).map(share => ({
      name: `${name}, ${share === 1 ? 'max' : `p${share * 100}`}`,
      value: percentile(values, share),
      unit: 'ms',
      ...(limit !== undefined && { limit }),
    }));
  return [
    { name: 'passages', value: index.passageCount, unit: '' },
    ...figures('first answer (cold lists)', first),
    ...figures('re-rank by chip', steered, STEER_LIMIT_MS),
    ...figures('why a file is not there', why, WHY_LIMIT_MS),
  ];
}

function weightsOf(
  terms: readonly { readonly dimension: number; readonly weight: number }[],
): Record<number, number> {
  return Object.fromEntries(terms.map(({ dimension, weight }) => [dimension, weight]));
}
