/** The commands about the model and the ranking: `encode` and `eval`. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { readBeir } from '../evaluation/beir.ts';
import { openEvalIndex } from '../evaluation/evalIndex.ts';
import { evaluate, indexSet, wordsOfIndex } from '../evaluation/evaluate.ts';
import type { SparseVector } from '../index/sparseVector.ts';
import { VectorCache } from '../evaluation/vectorCache.ts';
import type { EncodedBatch, EncoderInput } from '../model/encoder.ts';
import { EncoderPool } from '../model/encoderPool.ts';
import { dimensionNames, dimensionTokens, type DimensionTokens } from '../model/dimensions.ts';
import { openModelFolder, type ModelFolder } from '../model/modelFolder.ts';
import { openTokenCounter } from '../model/tokenCounter.ts';
import { batchesOf } from '../workspace/indexing/stages/batches.ts';
import { encoderPlan } from '../workspace/indexing/encoderPlan.ts';
import { openScorer } from '../workspace/openScorer.ts';
import type { Arguments } from './arguments.ts';
import type { Console } from './console.ts';
import { UsageError } from './usage.ts';

export interface ModelCommandOptions {
  readonly storePath: string;
  readonly modelPath: string;
  /** Folder of the built files. */
  readonly programs: string;
}

/** Number of lines read before the first batch is encoded. */
const GROUP = 64;

export async function runEncode(
  args: Arguments,
  { modelPath, programs }: ModelCommandOptions,
  console: Console,
): Promise<number> {
  const folder = await openModelFolder(modelPath);
  const dimensions = await dimensionTokens(folder);
  const { prompts } = folder.manifest;
  const prompt = prompts[args.kind ?? 'plain'] ?? prompts.passage;
  const encoder = openEncoder(folder, programs);
  const encodeGroup = async (texts: readonly string[]): Promise<void> => {
    const inputs = texts.map((text): EncoderInput => ({
      kind: args.kind ?? 'passage',
      prompt,
      context: '',
      text,
    }));
    const vectors: SparseVector[] = [];
    const encodeBatch = async (batch: readonly number[]): Promise<void> => {
      const encoded = await encoder.encode(batch.map(i => inputs[i]!));
      batch.forEach((i, row) => (vectors[i] = encoded.vectors[row]!));
    };
    await Promise.all(batchesOf(texts.map(text => Math.ceil(text.length / 2))).map(encodeBatch));
    for (const vector of vectors) console.json({ tokens: namedWeights(vector, dimensions) });
  };
  try {
    let group: string[] = [];
    let line = 0;
    for await (const row of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
      line++;
      if (row.trim() === '') continue;
      group.push(textOf(row, line));
      if (group.length === GROUP) {
        await encodeGroup(group);
        group = [];
      }
    }
    await encodeGroup(group);
    return 0;
  } finally {
    await encoder.close();
  }
}

function openEncoder(folder: ModelFolder, programs: string): EncoderPool {
  return new EncoderPool(path.join(programs, 'modelWorker.js'), folder, encoderPlan(folder.manifest));
}

function textOf(row: string, line: number): string {
  try {
    const { text } = JSON.parse(row) as { text?: unknown };
    if (typeof text === 'string') return text;
  } catch {
    // The error is reported below.
  }
  throw new UsageError(`stdin, line ${line}: {"text": "…"} expected`);
}

/** Sorts dimensions by weight, heaviest first, without special tokens; weights have seven digits. */
function namedWeights(vector: SparseVector, { tokens, special }: DimensionTokens): Record<string, number> {
  const order = Array.from(vector.weights.keys())
    .filter(i => !special.has(vector.dimensions[i]!))
    .sort((a, b) => vector.weights[b]! - vector.weights[a]!);
  // The object has no prototype, because `__proto__` may be a token.
  const named = Object.create(null) as Record<string, number>;
  for (const i of order) named[tokens[vector.dimensions[i]!]!] = Number(vector.weights[i]!.toPrecision(7));
  return named;
}

export async function runEval(
  args: Arguments,
  { storePath, modelPath, programs }: ModelCommandOptions,
  console: Console,
): Promise<number> {
  const source = path.resolve(args.operands[0]!);
  if ((await stat(source).catch(() => null))?.isDirectory() !== true)
    throw new UsageError(`no such folder: ${source}`);
  const set = await readBeir(source).catch((error: Error) => {
    throw new UsageError(error.message);
  });
  const folder = await openModelFolder(modelPath);
  // The lexical channel needs no model: its index has no vectors and stands beside the one with them.
  const encoder = args.channel === 'lexical' ? null : openEncoder(folder, programs);
  const cache =
    encoder === null
      ? null
      : await VectorCache.open(path.join(storePath, 'vectors', path.basename(source)), folder.fingerprint);
  const encode = (batch: readonly EncoderInput[]): Promise<EncodedBatch> =>
    encoder === null || cache === null
      ? Promise.resolve(withoutVectors(batch.length))
      : cache.encode(batch, missing => encoder.encode(missing));
  const [minTokens, maxTokens] = folder.manifest.recommendedPassageTokens;
  const index = await openEvalIndex(storePath, source, folder, encoder === null ? 'letters' : 'eval');
  const ports = {
    scorer: await openScorer(programs),
    encode,
    encodeQuery: async (text: string) => (await encode([{ kind: 'query', context: '', text }])).vectors[0]!,
    countTokens: await openTokenCounter(folder),
    rules: { minTokens, maxTokens },
    names: await dimensionNames(folder),
    onProgress: (done: number, total: number) => console.progress(`${done}/${total}`),
  };
  try {
    const tokensPerSecond = await indexSet(set, index, ports);
    console.progress('');
    const indexed = { set, index, lexicon: await wordsOfIndex(index) };
    const result = await evaluate(indexed, args.channel, ports, tokensPerSecond, {
      share: args.share ?? undefined,
    });
    if (args.json) console.json(result);
    else
      for (const [name, value] of Object.entries(result)) console.print(`${name}\t${JSON.stringify(value)}`);
    return 0;
  } finally {
    await cache?.close();
    await encoder?.close();
    await index.close();
  }
}

function withoutVectors(count: number): EncodedBatch {
  const none = { dimensions: new Uint32Array(), weights: new Float32Array(), places: new Uint16Array() };
  return { vectors: Array.from({ length: count }, () => none), tokens: 0, milliseconds: 0 };
}
