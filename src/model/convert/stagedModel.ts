/**
 * Runs a checkpoint a few layers at a time, so that a model that fills half the machine can be compared with its
 * quantised self without either being loaded whole.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { abortError } from '../../threads/abort.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { openSession } from '../openSession.ts';
import { loadRuntime } from '../runtime/runtime.ts';
import { buildGraph, type Stage } from './buildGraph.ts';
import type { Precision } from './precision.ts';
import { writeModel } from './writeModel.ts';

/** Maximum number of float32 weights in a stage (but at least one layer, or one tile of dimensions). */
const STAGE_VALUES = 8 << 20;

export interface StagedRun {
  /** `[texts][dimensions]` */
  readonly weights: readonly Float32Array[];
  readonly tokensPerSecond: number;
}

export interface StagedOptions {
  readonly precision: Precision;
  /** Token ids with special tokens; all vote. */
  readonly texts: readonly (readonly number[])[];
  /** Folder for the stages' files, which are removed again. */
  readonly folder: string;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Rejects with `AbortError`. */
export async function runStaged(checkpoint: Checkpoint, options: StagedOptions): Promise<StagedRun> {
  const { config } = checkpoint;
  const stages = stagesOf(checkpoint);
  const weights = options.texts.map(() => new Float32Array(config.dimensions));
  let states: readonly (Float32Array | null)[] = options.texts.map(() => null);
  let milliseconds = 0;
  for (const [done, stage] of stages.entries()) {
    if (options.signal?.aborted === true) throw abortError();
    const results = await runStage(checkpoint, stage, states, options);
    milliseconds += results.milliseconds;
    const [offset] = stage.dimensions ?? [0];
    if (stage.dimensions === null) states = results.values;
    else results.values.forEach((part, i) => weights[i]!.set(part, offset));
    options.onProgress?.(done + 1, stages.length);
  }
  const tokens = options.texts.reduce((sum, ids) => sum + ids.length, 0);
  return { weights, tokensPerSecond: (tokens / milliseconds) * 1000 };
}

function stagesOf({ config }: Checkpoint): readonly Stage[] {
  const perLayer = 4 * config.hidden ** 2 + 3 * config.hidden * config.intermediate;
  const layers = Math.max(1, Math.floor(STAGE_VALUES / perLayer));
  const rows = Math.max(1, Math.floor(STAGE_VALUES / config.headSize));
  const none = { embeddings: false, layers: [0, 0], head: false, dimensions: null } as const;
  const stages: Stage[] = [{ ...none, embeddings: true }];
  for (let from = 0; from < config.layers; from += layers)
    stages.push({ ...none, layers: [from, Math.min(config.layers, from + layers)] });
  stages.push({ ...none, head: true });
  for (let from = 0; from < config.dimensions; from += rows)
    stages.push({ ...none, dimensions: [from, Math.min(config.dimensions, from + rows)] });
  return stages;
}

async function runStage(
  checkpoint: Checkpoint,
  stage: Stage,
  states: readonly (Float32Array | null)[],
  { precision, texts, folder, threads, signal }: StagedOptions,
): Promise<{ readonly values: Float32Array[]; readonly milliseconds: number }> {
  const work = await mkdtemp(path.join(folder, 'stage-'));
  try {
    const graph = buildGraph(checkpoint, stage, precision, 'stage.onnx.data');
    await writeModel(graph, work, 'stage.onnx', { signal });
    const { Tensor } = await loadRuntime();
    const session = await openSession(path.join(work, 'stage.onnx'), threads, 'basic');
    try {
      const values: Float32Array[] = [];
      let milliseconds = 0;
      for (const [i, ids] of texts.entries()) {
        if (signal?.aborted === true) throw abortError();
        const shape = [1, ids.length];
        const ones = new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape);
        const feeds = {
          input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
          attention_mask: ones,
          vote_mask: ones,
          ...(states[i] == null
            ? {}
            : { hidden: new Tensor('float32', states[i], [...shape, states[i].length / ids.length]) }),
        };
        const wanted = session.inputNames as readonly (keyof typeof feeds)[];
        const started = performance.now();
        const output = await session.run(Object.fromEntries(wanted.map(name => [name, feeds[name]!])));
        milliseconds += performance.now() - started;
        values.push((output['weights'] ?? output['hidden_out'])!.data as Float32Array);
      }
      return { values, milliseconds };
    } finally {
      await session.release();
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
