/**
 * `npm run eval -- tune FOLDER STORE`: the literal channel's parameters, chosen by leaving one set out: a set is
 * reported with what is best on the mean of the others. Indexes have no vectors and stay in STORE.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readBeir } from '../../src/evaluation/beir.ts';
import {
  evaluate,
  indexSet,
  wordsOfIndex,
  type EvaluationPorts,
  type IndexedSet,
  type Trial,
} from '../../src/evaluation/evaluate.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { openTokenCounter } from '../../src/model/tokenCounter.ts';
import { BM25 } from '../../src/search/ranking/bm25.ts';
import { TERM_WEIGHTS } from '../../src/search/query/encodedQuery.ts';
import { FileStore } from '../../src/workspace/files/fileStore.ts';
import { openScorer } from '../../src/workspace/openScorer.ts';

interface Opened extends IndexedSet {
  readonly name: string;
}

const root = path.resolve(import.meta.dirname, '../..');
/** Each is tried with the others as they are then, until nothing changes. */
const CHOICES: Readonly<Record<string, readonly number[]>> = {
  k1: [0.4, 0.6, 0.9, 1.2, 1.6, 2],
  b: [0.2, 0.4, 0.6, 0.75, 0.9],
  headingWeight: [0.5, 1, 2, 3, 4],
  across: [0.25, 0.5, 0.75, 1],
  ending: [0.1, 0.25, 0.5, 1],
};
type Setting = Readonly<Record<string, number>>;
const START: Setting = { ...BM25, ...TERM_WEIGHTS };

export async function tuneLexical(folder: string, store: string, only: string | undefined): Promise<void> {
  const ports = await portsOf();
  const names = fs.readdirSync(folder).filter(name => fs.existsSync(path.join(folder, name, 'qrels.tsv')));
  const sets: Opened[] = [];
  for (const name of only?.split(',') ?? names)
    sets.push(await openSet(path.join(folder, name), store, ports));
  const known = new Map<string, number>();
  const score = async (opened: Opened, setting: Setting): Promise<number> => {
    const key = `${opened.name} ${JSON.stringify(setting)}`;
    const found =
      known.get(key) ?? (await evaluate(opened, 'lexical', ports, 0, trialOf(setting)))['ndcg@10'];
    known.set(key, found);
    return found;
  };
  const mean = async (some: readonly Opened[], setting: Setting): Promise<number> => {
    let sum = 0;
    for (const one of some) sum += await score(one, setting);
    return sum / some.length;
  };
  for (const out of sets) {
    const others = sets.filter(set => set !== out);
    const best = await descend(setting => mean(others, setting));
    const [before, after] = [await score(out, START), await score(out, best)];
    console.log(`${out.name}  ${before.toFixed(4)} -> ${after.toFixed(4)}  with ${JSON.stringify(best)}`);
  }
  const best = await descend(setting => mean(sets, setting));
  console.log(`all  ${(await mean(sets, START)).toFixed(4)} -> ${(await mean(sets, best)).toFixed(4)}`);
  for (const set of sets)
    console.log(
      `  ${set.name} ${(await score(set, START)).toFixed(4)} -> ${(await score(set, best)).toFixed(4)}`,
    );
  console.log(JSON.stringify(best));
  for (const { index } of sets) await index.close();
}

/** One parameter after the other. */
async function descend(score: (setting: Setting) => Promise<number>): Promise<Setting> {
  let best = START;
  let highest = await score(best);
  for (let changed = true; changed;) {
    changed = false;
    for (const [name, values] of Object.entries(CHOICES))
      for (const value of values) {
        const setting = { ...best, [name]: value };
        const found = await score(setting);
        if (found <= highest + 1e-6) continue;
        [best, highest, changed] = [setting, found, true];
      }
  }
  return best;
}

function trialOf({ k1, b, headingWeight, across, ending }: Setting): Trial {
  return {
    bm25: { ...BM25, k1: k1!, b: b!, headingWeight: headingWeight! },
    terms: { across: across!, ending: ending! },
  };
}

async function portsOf(): Promise<EvaluationPorts> {
  const model = await openModelFolder(path.join(root, 'media/model'));
  const [minTokens, maxTokens] = model.manifest.recommendedPassageTokens;
  const none = { dimensions: new Uint32Array(), weights: new Float32Array(), places: new Uint16Array() };
  return {
    scorer: await openScorer(path.join(root, 'dist')),
    encode: batch => Promise.resolve({ vectors: batch.map(() => none), tokens: 0, milliseconds: 0 }),
    encodeQuery: () => Promise.resolve(none),
    countTokens: await openTokenCounter(model),
    rules: { minTokens, maxTokens },
    names: [],
    onProgress: () => undefined,
  };
}

async function openSet(source: string, store: string, ports: EvaluationPorts): Promise<Opened> {
  const set = await readBeir(source);
  const key = createHash('sha256').update(source).digest('hex').slice(0, 12);
  const place = path.join(store, `letters-${path.basename(source)}-${key}`);
  const index = await PassageIndex.open(await FileStore.open(place), 'letters');
  await indexSet(set, index, ports);
  await index.flush();
  return { name: path.basename(source), set, index, lexicon: await wordsOfIndex(index) };
}
