/**
 * `npm run bench -- model`: tokens a second of a model at PIXIE-Splade-Preview's full shape (random weights) and
 * of the embedded one, against the fastest matrix product this machine does in the same run.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { convertCheckpoint } from '../../src/model/convert/convertCheckpoint.ts';
import type { Quantisation } from '../../src/model/convert/quantise.ts';
import { writeModel } from '../../src/model/convert/writeModel.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { GraphBuilder, TensorType } from '../../src/model/onnx/graphBuilder.ts';
import { openSession } from '../../src/model/openSession.ts';
import { Session } from '../../src/model/session.ts';
import { encoderThreads } from '../../src/workspace/indexing/encoderPlan.ts';
import { FULL_SHAPE, writeCheckpoint, type ModernBertShape } from './checkpoint.ts';

export interface ModelFigure {
  readonly model: string;
  readonly quantisation: string;
  readonly batch: number;
  readonly length: number;
  readonly tokens_per_s: number;
  readonly flops_per_token: number;
  readonly gemm_peak_flops: number;
  readonly ratio: number;
  readonly milliseconds: number;
  readonly resident_mb: number;
  readonly fidelity: number | null;
}

const QUANTISATIONS: readonly Quantisation[] = ['fp32', 'w8', 'u8', 's7', 's4'];
const SHAPES: readonly (readonly [number, number])[] = [
  [1, 12],
  [8, 32],
  [2, 128],
  [1, 256],
  [1, 512],
];
const RUNS = 7;

export async function benchModel(
  embedded: string,
  report: (figure: ModelFigure) => void,
  only: readonly string[] = QUANTISATIONS,
): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-bench-model-'));
  try {
    const gemm = await Gemm.open(folder);
    const checkpoint = path.join(folder, 'checkpoint');
    writeCheckpoint(checkpoint, FULL_SHAPE);
    for (const quantisation of QUANTISATIONS.filter(name => only.includes(name))) {
      const out = path.join(folder, quantisation);
      await convertCheckpoint({ checkpoint, out, quantisation, threads: encoderThreads() });
      await measure(out, 'full-shape', gemm, length => flopsPerToken(FULL_SHAPE, length), report);
      fs.rmSync(out, { recursive: true });
    }
    await measure(embedded, 'embedded', gemm, () => EMBEDDED_FLOPS, report);
    await gemm.close();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** 12 layers of 384 x 1,536 and 30,000 dimensions; attention is below 1 %. */
const EMBEDDED_FLOPS = 2 * (12 * (4 * 384 ** 2 + 2 * 384 * 1536) + 384 ** 2 + 384 * 30_000);

/** Multiply-adds count twice. Attention is computed over the whole length in every layer. */
function flopsPerToken(
  { layers, hidden, intermediate, vocabulary }: ModernBertShape,
  length: number,
): number {
  const matrices = layers * (4 * hidden ** 2 + 3 * hidden * intermediate) + hidden ** 2 + hidden * vocabulary;
  return 2 * matrices + 4 * layers * hidden * length;
}

async function measure(
  folder: string,
  model: string,
  gemm: Gemm,
  flops: (length: number) => number,
  report: (figure: ModelFigure) => void,
): Promise<void> {
  const opened = await openModelFolder(folder);
  const session = await Session.open(opened, encoderThreads());
  const { dimensions, fidelity, quantisation } = opened.manifest;
  for (const [batch, length] of SHAPES) {
    const inputs = Array.from({ length: batch }, (_batch, row) => ({
      ids: Array.from(
        { length },
        (_, i) => 5 + ((row * 7919 + i * 104_729) % Math.min(20_000, dimensions - 5)),
      ),
      voteStart: 0,
      voteEnd: length,
    }));
    const times: number[] = [];
    let peak = 0;
    for (let i = 0; i < RUNS; i++) {
      // Turn by turn: what else the machine does then costs both alike.
      peak = Math.max(peak, await gemm.best());
      const started = performance.now();
      await session.run(inputs);
      times.push(performance.now() - started);
    }
    const best = Math.min(...times);
    const perSecond = (batch * length * 1000) / best;
    report({
      model,
      quantisation,
      batch,
      length,
      tokens_per_s: Math.round(perSecond),
      flops_per_token: flops(length),
      gemm_peak_flops: peak,
      ratio: (perSecond * flops(length)) / peak,
      milliseconds: times.sort((a, b) => a - b)[RUNS >> 1]!,
      resident_mb: Math.round(process.memoryUsage().rss / 1e6),
      fidelity: fidelity?.cosine ?? null,
    });
  }
  await session.close();
}

interface Product {
  readonly session: InferenceSession;
  readonly x: Tensor;
  readonly flops: number;
}

/** Float32 matrix products of the shapes that the models have, for the speed this machine can reach. */
class Gemm {
  readonly #products: readonly Product[];

  private constructor(products: readonly Product[]) {
    this.#products = products;
  }

  static async open(folder: string): Promise<Gemm> {
    const products: Product[] = [];
    for (const [rows, inner, columns] of [
      [256, 768, 768],
      [256, 768, 1152],
      [256, 768, 5000],
      [1024, 1024, 1024],
    ] as const) {
      const file = path.join(folder, `gemm-${rows}-${columns}.onnx`);
      const graph = new GraphBuilder(`${path.basename(file)}.data`);
      const x = graph.input('x', TensorType.float, [rows, inner]);
      const weight = graph.weight('w', TensorType.float, [inner, columns], () => [
        new Float32Array(inner * columns).fill(0.5),
      ]);
      graph.output('y', graph.op('MatMul', [x, weight]), TensorType.float, [rows, columns]);
      await writeModel(graph, folder, path.basename(file));
      products.push({
        session: await openSession(file, encoderThreads(), 'basic'),
        x: new Tensor('float32', new Float32Array(rows * inner).fill(0.25), [rows, inner]),
        flops: 2 * rows * inner * columns,
      });
    }
    return new Gemm(products);
  }

  /** FLOP/s of the best of a few runs of each. */
  async best(): Promise<number> {
    let best = 0;
    for (const { session, x, flops } of this.#products)
      for (let i = 0; i < 3; i++) {
        const started = performance.now();
        await session.run({ x });
        best = Math.max(best, (flops * 1000) / (performance.now() - started));
      }
    return best;
  }

  async close(): Promise<void> {
    for (const { session } of this.#products) await session.release();
  }
}
