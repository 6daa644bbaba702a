/**
 * `npm run eval -- tune-passages FOLDER STORE`: how long passages should be. Each set is encoded once for every length
 * (hours for large sets; `--limit-docs` for a part), then measured on all channels; a set is reported with the
 * length that is chosen on the others.
 */
import path from 'node:path';
import { readBeir } from '../../src/evaluation/beir.ts';
import { openEvalIndex } from '../../src/evaluation/evalIndex.ts';
import { evaluate, indexSet, wordsOfIndex, type EvaluationPorts } from '../../src/evaluation/evaluate.ts';
import { Encoder } from '../../src/model/encoder.ts';
import { openModelFolder, type ModelFolder } from '../../src/model/modelFolder.ts';
import { openTokenCounter } from '../../src/model/tokenCounter.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { encoderThreads } from '../../src/workspace/indexing/encoderPlan.ts';
import { queryPorts } from './encodedSets.ts';
import { report, type Trial } from './leaveOneOut.ts';

const LONGEST = [96, 128, 192, 256, 384];
const CHANNELS: readonly Channel[] = ['lexical', 'semantic', 'hybrid'];

/** `sources`: the sets' folders. */
export async function tunePassages(
  sources: readonly string[],
  store: string,
  modelFolder: ModelFolder,
): Promise<void> {
  const own = modelFolder.manifest.recommendedPassageTokens[1];
  const encoder = await Encoder.open(modelFolder, encoderThreads());
  const names = sources.map(source => path.basename(source));
  const trials: Trial<number>[] = [];
  try {
    for (const longest of LONGEST) {
      const model = withPassages(modelFolder, longest);
      const ports: EvaluationPorts = {
        ...(await queryPorts(model, encoder)),
        encode: batch => encoder.encode(batch),
        countTokens: await openTokenCounter(model),
      };
      const ndcg: number[] = [];
      for (const source of sources) {
        const { passages, scores } = await measured(source, store, model, ports);
        ndcg.push(scores.at(-1)!);
        const said = CHANNELS.map((channel, i) => `${channel} ${scores[i]!.toFixed(4)}`).join('  ');
        console.log(`${longest} tokens  ${path.basename(source).padEnd(16)} ${said}  ${passages} passages`);
      }
      // As good as each other: what the product has.
      trials.push({ setting: longest, ndcg, cost: sources.map(() => Math.abs(longest - own)) });
    }
  } finally {
    await encoder.close();
  }
  const asItIs = trials.find(({ setting }) => setting === own) ?? trials[0]!;
  report(names, trials, asItIs, longest => `${longest} tokens`);
}

export async function modelOf(root: string, folder: string | undefined): Promise<ModelFolder> {
  return openModelFolder(folder ?? path.join(root, 'media/model'));
}

function withPassages(model: ModelFolder, longest: number): ModelFolder {
  const recommendedPassageTokens: [number, number] = [Math.ceil(longest / 2), longest];
  return { ...model, manifest: { ...model.manifest, recommendedPassageTokens } };
}

async function measured(
  source: string,
  store: string,
  model: ModelFolder,
  ports: EvaluationPorts,
): Promise<{ readonly passages: number; readonly scores: readonly number[] }> {
  const set = await readBeir(source);
  const index = await openEvalIndex(store, source, model, 'eval');
  try {
    await indexSet(set, index, ports);
    await index.flush();
    const indexed = { set, index, lexicon: await wordsOfIndex(index) };
    const scores: number[] = [];
    for (const channel of CHANNELS) scores.push((await evaluate(indexed, channel, ports, 0))['ndcg@10']);
    return { passages: index.passageCount, scores };
  } finally {
    await index.close();
  }
}
