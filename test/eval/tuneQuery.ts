/**
 * `npm run eval -- tune-query FOLDER STORE`: how many terms of a query's vector are worth their time. Every setting
 * of a grid is measured on the sets that STORE (of `malmoi eval`) has encoded already; a set is reported with what
 * is chosen on the others.
 */
import fs from 'node:fs';
import path from 'node:path';
import { readBeir } from '../../src/evaluation/beir.ts';
import { hasEvalIndex, openEvalIndex } from '../../src/evaluation/evalIndex.ts';
import {
  evaluate,
  wordsOfIndex,
  type EvaluationPorts,
  type IndexedSet,
} from '../../src/evaluation/evaluate.ts';
import type { SparseVector } from '../../src/index/sparseVector.ts';
import { dimensionNames } from '../../src/model/dimensions.ts';
import { Encoder } from '../../src/model/encoder.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { encoderThreads } from '../../src/workspace/encoderThreads.ts';
import { openScorer } from '../../src/workspace/openScorer.ts';
import { choice, leaveOneOut, trimmed, type Trial, type Trimming } from './trimming.ts';

const root = path.resolve(import.meta.dirname, '../..');
const MIN_WEIGHTS = [0, 0.05, 0.1, 0.2, 0.3];
const TOPS = [Infinity, 64, 32, 16, 8];
/** The first one is the product's. */
const GRID: readonly Trimming[] = MIN_WEIGHTS.flatMap(minWeight => TOPS.map(top => ({ minWeight, top })));

interface Opened extends IndexedSet {
  readonly name: string;
}

export async function tuneQuery(
  folder: string,
  store: string,
  model: string | undefined,
  only: string | undefined,
): Promise<void> {
  const modelFolder = await openModelFolder(model ?? path.join(root, 'media/model'));
  const names = fs.readdirSync(folder).filter(name => fs.existsSync(path.join(folder, name, 'qrels.tsv')));
  const sets: Opened[] = [];
  for (const name of only?.split(',') ?? names) {
    const source = path.join(folder, name);
    if (!(await hasEvalIndex(store, source, modelFolder))) {
      console.log(`${name}: not encoded in this store, left out`);
      continue;
    }
    const set = await readBeir(source);
    const index = await openEvalIndex(store, source, modelFolder, 'eval');
    const missing = set.documents.filter(({ id }) => index.head(id) === undefined).length;
    if (missing > 0) console.log(`${name}: ${missing} of ${set.documents.length} documents are not encoded`);
    sets.push({ name, set, index, lexicon: await wordsOfIndex(index) });
  }
  if (sets.length === 0) throw new Error('nothing to measure');
  const encoder = await Encoder.open(modelFolder, encoderThreads());
  const vectors = new Map<string, SparseVector>();
  const encodeQuery = async (text: string): Promise<SparseVector> => {
    const known = vectors.get(text);
    if (known !== undefined) return known;
    const { vectors: encoded } = await encoder.encode([{ kind: 'query', context: '', text }]);
    vectors.set(text, encoded[0]!);
    return encoded[0]!;
  };
  const [minTokens, maxTokens] = modelFolder.manifest.recommendedPassageTokens;
  const ports: EvaluationPorts = {
    scorer: await openScorer(path.join(root, 'dist')),
    encode: () => Promise.reject(new Error('every document is encoded')),
    encodeQuery,
    countTokens: () => 0,
    rules: { minTokens, maxTokens },
    names: await dimensionNames(modelFolder),
    onProgress: () => undefined,
  };
  const trials = await measured(sets, ports);
  await encoder.close();
  for (const { index } of sets) await index.close();
  report(sets, trials);
}

async function measured(sets: readonly Opened[], ports: EvaluationPorts): Promise<Trial[]> {
  // Every query is encoded, and every list read, before anything is timed.
  for (const set of sets) await evaluate(set, 'hybrid', ports, 0);
  const trials: Trial[] = [];
  for (const trimming of GRID) {
    const ndcg: number[] = [];
    const terms: number[] = [];
    let line = `min_weight ${trimming.minWeight}  top ${trimming.top}`.padEnd(34);
    for (const set of sets) {
      let count = 0;
      let queries = 0;
      const encodeQuery = async (text: string): Promise<SparseVector> => {
        const vector = trimmed(await ports.encodeQuery(text), trimming);
        count += vector.dimensions.length;
        queries++;
        return vector;
      };
      const found = await evaluate(set, 'hybrid', { ...ports, encodeQuery }, 0);
      ndcg.push(found['ndcg@10']);
      terms.push(count / Math.max(1, queries));
      const { p50, p95 } = found.latency_ms;
      line += `  ${set.name} ${found['ndcg@10'].toFixed(4)} ${terms.at(-1)!.toFixed(1).padStart(5)} terms ${p50.toFixed(1)} / ${p95.toFixed(1)} ms`;
    }
    console.log(line);
    trials.push({ trimming, ndcg, terms });
  }
  return trials;
}

function report(sets: readonly Opened[], trials: readonly Trial[]): void {
  const said = ({ minWeight, top }: Trimming): string => `min_weight ${minWeight}, top ${top}`;
  if (sets.length > 1)
    for (const { set, chosen, before, after } of leaveOneOut(trials, sets.length))
      console.log(
        `${sets[set]!.name}: ${said(chosen)} chosen on the others, ${before.toFixed(4)} -> ${after.toFixed(4)}`,
      );
  const { trimming } = choice(
    trials,
    sets.map((_, i) => i),
  );
  console.log(`all: ${said(trimming)}`);
}
