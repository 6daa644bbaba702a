/** The sets of a folder that a store (of `malmoi eval`) has encoded already: nothing but queries is encoded anew. */
import fs from 'node:fs';
import path from 'node:path';
import { readBeir } from '../../src/evaluation/beir.ts';
import { hasEvalIndex, openEvalIndex } from '../../src/evaluation/evalIndex.ts';
import { wordsOfIndex, type EvaluationPorts, type IndexedSet } from '../../src/evaluation/evaluate.ts';
import type { SparseVector } from '../../src/index/sparseVector.ts';
import { dimensionNames } from '../../src/model/dimensions.ts';
import { Encoder } from '../../src/model/encoder.ts';
import { openModelFolder, type ModelFolder } from '../../src/model/modelFolder.ts';
import { encoderThreads } from '../../src/workspace/indexing/encoderPlan.ts';
import { openScorer } from '../../src/workspace/openScorer.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface EncodedSet extends IndexedSet {
  readonly name: string;
}

export interface EncodedSets {
  readonly sets: readonly EncodedSet[];
  readonly ports: EvaluationPorts;
  readonly close: () => Promise<void>;
}

/** Rejects where the store has none of the sets. */
export async function encodedSets(
  folder: string,
  store: string,
  model: string | undefined,
  only: string | undefined,
): Promise<EncodedSets> {
  const modelFolder = await openModelFolder(model ?? path.join(root, 'media/model'));
  const names = fs.readdirSync(folder).filter(name => fs.existsSync(path.join(folder, name, 'qrels.tsv')));
  const sets: EncodedSet[] = [];
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
  const ports: EvaluationPorts = {
    ...(await queryPorts(modelFolder, encoder)),
    encode: () => Promise.reject(new Error('every document is encoded')),
    countTokens: () => 0,
  };
  const close = async (): Promise<void> => {
    await encoder.close();
    for (const { index } of sets) await index.close();
  };
  return { sets, ports, close };
}

/** All that a search needs; each query is encoded once. */
export async function queryPorts(
  modelFolder: ModelFolder,
  encoder: Encoder,
): Promise<Omit<EvaluationPorts, 'encode' | 'countTokens'>> {
  const vectors = new Map<string, SparseVector>();
  const encodeQuery = async (text: string): Promise<SparseVector> => {
    const known = vectors.get(text);
    if (known !== undefined) return known;
    const { vectors: encoded } = await encoder.encode([{ kind: 'query', context: '', text }]);
    vectors.set(text, encoded[0]!);
    return encoded[0]!;
  };
  const [minTokens, maxTokens] = modelFolder.manifest.recommendedPassageTokens;
  return {
    scorer: await openScorer(path.join(root, 'dist')),
    encodeQuery,
    rules: { minTokens, maxTokens },
    names: await dimensionNames(modelFolder),
    onProgress: () => undefined,
  };
}
