import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { Tensors } from '../../../src/model/checkpoint/tensors.ts';
import { FLOAT32, precisionOf, type Precision } from '../../../src/model/convert/precision.ts';
import { WeightStore } from '../../../src/model/convert/weightStore.ts';
import { writeModel } from '../../../src/model/convert/writeModel.ts';
import { GraphBuilder, TensorType } from '../../../src/model/onnx/graphBuilder.ts';
import { openSession } from '../../../src/model/openSession.ts';

const ROWS = 5;
const WIDTH = 64;

describe('a table that is looked up', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-table-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Writes `values` as a checkpoint of one tensor; the rows 4, 0 and 2 of it as a graph finds them. */
  async function found(
    values: Float32Array,
    of: (tensors: Tensors) => Promise<Precision>,
  ): Promise<{ rows: Float32Array; bytes: number; precision: Precision }> {
    await writeFile(path.join(folder, 'model.safetensors'), safetensors('table', [ROWS, WIDTH], values));
    const tensors = await Tensors.open(folder);
    try {
      const precision = await of(tensors);
      const graph = new GraphBuilder('model.onnx.data');
      const ids = graph.input('ids', TensorType.int64, [3]);
      const store = new WeightStore(graph, tensors, precision);
      graph.output('rows', store.lookUp('table', ROWS, WIDTH, ids), TensorType.float, [3, WIDTH]);
      await writeModel(graph, folder, 'model.onnx');
      const session = await openSession(path.join(folder, 'model.onnx'), 1, 'basic');
      const { rows } = await session.run({ ids: new Tensor('int64', [4n, 0n, 2n], [3]) });
      await session.release();
      const bytes = graph.weights.reduce((sum, weight) => sum + weight.bytes, 0);
      return { rows: Float32Array.from(rows!.data as Float32Array), bytes, precision };
    } finally {
      await tensors.close();
    }
  }
  const expected = (values: Float32Array): Float32Array =>
    Float32Array.from([4, 0, 2].flatMap(row => [...values.subarray(row * WIDTH, (row + 1) * WIDTH)]));

  /** As GGML's Q4_0 leaves it: of each 32 values one is -8 times their scale. */
  const fromFourBits = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => {
    const scale = Math.fround((i % 64 < 32 ? 1 : -1) * (0.001 + Math.floor(i / 32) / 300));
    return scale * (i % 32 === 7 ? -8 : ((i * 37) % 15) - 7);
  });
  const any = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => Math.sin(i * 1.7) * (1 + (i % 5)));

  it('goes back to 4 bits without loss where it came from them', async () => {
    const { rows, bytes, precision } = await found(fromFourBits, tensors => precisionOf({ tensors }, 's7'));
    assert.ok(precision.fourBits.has('table'));
    assert.deepEqual(rows, expected(fromFourBits));
    assert.equal(bytes, (ROWS * WIDTH) / 2 + (ROWS * WIDTH * 4) / 32);
  });
  it('keeps the scales in half the bytes where all floats are halves', async () => {
    const halves = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => {
      const scale = (i % 64 < 32 ? 1 : -1) * ((1 + Math.floor(i / 32)) / 1024);
      return scale * (i % 32 === 7 ? -8 : ((i * 37) % 7) + 1);
    });
    const { rows, bytes } = await found(halves, tensors => precisionOf({ tensors }, 's4'));
    assert.deepEqual(rows, expected(halves));
    assert.equal(bytes, (ROWS * WIDTH) / 2 + (ROWS * WIDTH * 2) / 32);
  });
  it('has 8 bits else, within half a step of its row', async () => {
    const { rows, precision } = await found(any, tensors => precisionOf({ tensors }, 's7'));
    assert.ok(!precision.fourBits.has('table'));
    expected(any).forEach((value, i) => assert.ok(Math.abs(rows[i]! - value) <= 5 / 127 / 2 + 1e-6));
  });
  it('stays as it is in float32', async () => {
    const { rows } = await found(fromFourBits, () => Promise.resolve(FLOAT32));
    assert.deepEqual(rows, expected(fromFourBits));
  });
});

/** https://github.com/huggingface/safetensors#format */
function safetensors(name: string, shape: readonly number[], values: Float32Array): Buffer {
  const header = JSON.stringify({ [name]: { dtype: 'F32', shape, data_offsets: [0, values.byteLength] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, Buffer.from(header), Buffer.from(values.buffer)]);
}
