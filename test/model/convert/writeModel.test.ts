import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { writeModel } from '../../../src/model/convert/writeModel.ts';
import { GraphBuilder, TensorType } from '../../../src/model/onnx/graphBuilder.ts';
import { openSession } from '../../../src/model/openSession.ts';

/** 70 MB a weight: the journal is written after each. */
const COLUMNS = 70 << 18;

describe('writing a model', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-write-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** y = x * a + b with both weights in the data file, in as many pieces as said. */
  const small = (pieces: number): GraphBuilder => {
    const graph = new GraphBuilder('model.onnx.data');
    const x = graph.input('x', TensorType.float, [4]);
    const weight = (name: string, values: readonly number[]): string =>
      graph.weight(name, TensorType.float, [4], function* () {
        const step = 4 / pieces;
        for (let at = 0; at < 4; at += step) yield Float32Array.from(values.slice(at, at + step));
      });
    const product = graph.op('Mul', [x, weight('a', [1, 2, 3, 4])]);
    graph.output('y', graph.op('Add', [product, weight('b', [10, 20, 30, 40])]), TensorType.float, [4]);
    return graph;
  };

  for (const pieces of [1, 2, 4])
    it(`gives onnxruntime the weights, written in ${pieces} pieces`, async () => {
      await writeModel(small(pieces), folder, 'model.onnx');
      const session = await openSession(path.join(folder, 'model.onnx'), 1, 'basic');
      const { y } = await session.run({ x: new Tensor('float32', new Float32Array([1, 1, 2, 2]), [4]) });
      assert.deepEqual(Array.from(y!.data as Float32Array), [11, 22, 36, 48]);
      await session.release();
    });

  it('a weight of another size than planned is a fault, not a model', async () => {
    const graph = new GraphBuilder('model.onnx.data');
    graph.weight('a', TensorType.float, [4], () => [new Float32Array(3)]);
    await assert.rejects(writeModel(graph, folder, 'model.onnx'), /12 bytes written, 16 planned/);
  });

  it('resumes after the last weight that was safe, and only for the same model', async () => {
    const made: string[] = [];
    const graph = (fail: boolean): GraphBuilder => {
      const builder = new GraphBuilder('model.onnx.data');
      for (const name of ['a', 'b', 'c'])
        builder.weight(name, TensorType.float, [COLUMNS], () => {
          if (fail && name === 'c') throw new Error('power cut');
          made.push(name);
          return [new Float32Array(COLUMNS).fill(name.charCodeAt(0))];
        });
      return builder;
    };
    await assert.rejects(writeModel(graph(true), folder, 'model.onnx', { resume: 'one' }), /power cut/);
    assert.deepEqual(made.splice(0), ['a', 'b']);
    await assert.rejects(writeModel(graph(true), folder, 'model.onnx', { resume: 'other' }), /power cut/);
    assert.deepEqual(made.splice(0), ['a', 'b'], 'another model begins anew');
    await writeModel(graph(false), folder, 'model.onnx', { resume: 'other' });
    assert.deepEqual(made, ['c']);
    assert.deepEqual((await readdir(folder)).sort(), ['model.onnx', 'model.onnx.data']);
    const data = await readFile(path.join(folder, 'model.onnx.data'));
    const offsets = graph(false).weights.map(weight => weight.offset);
    assert.deepEqual(
      offsets.map(offset => data.readFloatLE(offset)),
      [97, 98, 99],
    );
  });
});
