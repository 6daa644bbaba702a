import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SparseVector } from '../../../src/index/sparseVector.ts';
import { Encoder } from '../../../src/model/encoder.ts';
import { EncoderPool } from '../../../src/model/encoderPool.ts';
import { openModelFolder, type ModelFolder } from '../../../src/model/modelFolder.ts';
import { loadNative } from '../../../src/model/runtime/nativeRuntime.ts';
import type { Runtime } from '../../../src/model/runtime/runtime.ts';
import { loadWasm } from '../../../src/model/runtime/wasmRuntime.ts';
import { writeRealModel } from '../../fakes/realModel.ts';

const EMBEDDED = path.join(import.meta.dirname, '../../../media/model');
const WORKER = new URL('../../../src/model/worker.ts', import.meta.url);
const TEXTS = [
  '연차는 며칠 전에 신청하나요',
  '사용 예정일 3일 전까지 결재를 받아야 한다.',
  '컨테이너가 자꾸 죽는 까닭',
  'Kubernetes restarts the pod when its memory limit is exceeded.',
  '전세 계약을 갱신하려면 만료 두 달 전에 알려야 한다. 보증금은 계약이 끝나는 날 돌려받는다.',
];

/** In float32 both compute the same but for the order of sums. */
const FLOAT_TOLERANCE = 1e-5;
/**
 * With 8-bit activations a difference in the last bit may move a value by a step, and later layers spread that: of
 * these texts two are equal to 1e-6, the others have cosines of .9966 to .9973. Against float32 the model itself
 * has .986.
 */
const LEAST_COSINE = 0.99;

describe('onnxruntime as WebAssembly', function () {
  this.timeout(120_000);
  let work = '';
  let small: ModelFolder;
  let runtimes: readonly Runtime[] = [];
  before(async () => {
    work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-wasm-'));
    await writeRealModel(path.join(work, 'small'), 'small', 10);
    small = await openModelFolder(path.join(work, 'small'));
    const loaded = [await loadNative(), await loadWasm()];
    runtimes = loaded.map(runtime => ({ ...runtime, insteadOf: null }));
  });
  after(() => rm(work, { recursive: true, force: true }));

  async function vectorsOf(folder: ModelFolder, runtime: Runtime): Promise<readonly SparseVector[]> {
    const encoder = await Encoder.open(folder, 1, runtime);
    try {
      const inputs = TEXTS.map(text => ({ kind: 'passage' as const, context: '', text }));
      return (await encoder.encode(inputs)).vectors;
    } finally {
      await encoder.close();
    }
  }
  const bothOf = async (folder: ModelFolder): Promise<(readonly SparseVector[])[]> => [
    await vectorsOf(folder, runtimes[0]!),
    await vectorsOf(folder, runtimes[1]!),
  ];

  it('is the version of the native one', () => {
    const [native, wasm] = runtimes;
    assert.deepEqual([native!.name, wasm!.name], ['native', 'wasm']);
    assert.equal(wasm!.version, native!.version);
  });

  it(`gives the vectors of the native one, to ${FLOAT_TOLERANCE}, for a model in float32`, async () => {
    const [native, wasm] = await bothOf(small);
    for (const [i, text] of TEXTS.entries()) {
      assert.ok(native![i]!.weights.length > 0, text);
      const difference = largestDifference(native![i]!, wasm![i]!);
      assert.ok(difference <= FLOAT_TOLERANCE, `${text}: ${difference}`);
    }
  });

  it(`gives them with a cosine of ${LEAST_COSINE} for the embedded model, which has 4 and 8 bits`, async () => {
    const [native, wasm] = await bothOf(await openModelFolder(EMBEDDED));
    const cosines = TEXTS.map((_, i) => cosine(native![i]!, wasm![i]!));
    assert.ok(Math.min(...cosines) >= LEAST_COSINE, cosines.join(', '));
    // What is equal shows that nothing but rounding differs.
    assert.ok(Math.max(...cosines) > 0.999999, cosines.join(', '));
  });

  it('encodes with several threads inside an encoder thread', async () => {
    const before = process.env['MALMOI_RUNTIME'];
    process.env['MALMOI_RUNTIME'] = 'wasm';
    const pool = new EncoderPool(WORKER, small, { sessions: 1, threads: 2 });
    try {
      const [alone] = await vectorsOf(small, runtimes[0]!);
      const { vectors } = await pool.encode([{ kind: 'passage', context: '', text: TEXTS[0]! }]);
      assert.ok(largestDifference(alone!, vectors[0]!) <= FLOAT_TOLERANCE);
    } finally {
      await pool.close();
      if (before === undefined) delete process.env['MALMOI_RUNTIME'];
      else process.env['MALMOI_RUNTIME'] = before;
    }
  });

  it('reaches no weights but those beside the graph', async () => {
    const graph = await readFile(path.join(small.path, 'model.onnx'));
    await writeFile(path.join(work, 'x.data'), await readFile(path.join(small.path, 'model.onnx.data')));
    for (let at = graph.indexOf('model.onnx.data'); at !== -1; at = graph.indexOf('model.onnx.data', at))
      graph.write('./././../x.data', at);
    const file = path.join(small.path, 'outside.onnx');
    await writeFile(file, graph);
    await assert.rejects(runtimes[1]!.open(file, { threads: 1, optimisation: 'basic' }), /x\.data/);
  });
});

function weightsOf(vector: SparseVector): Map<number, number> {
  return new Map(Array.from(vector.dimensions, (dimension, i) => [dimension, vector.weights[i]!]));
}

function largestDifference(a: SparseVector, b: SparseVector): number {
  const [one, other] = [weightsOf(a), weightsOf(b)];
  const all = new Set([...one.keys(), ...other.keys()]);
  return Math.max(...[...all].map(each => Math.abs((one.get(each) ?? 0) - (other.get(each) ?? 0))));
}

function cosine(a: SparseVector, b: SparseVector): number {
  const other = weightsOf(b);
  const dot = a.dimensions.reduce((sum, each, i) => sum + a.weights[i]! * (other.get(each) ?? 0), 0);
  return dot / Math.hypot(...a.weights) / Math.hypot(...b.weights);
}
