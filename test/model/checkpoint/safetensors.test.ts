import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { widenBfloat16, widenFloat16 } from '../../../src/model/checkpoint/halfFloats.ts';
import { SafetensorsFile } from '../../../src/model/checkpoint/safetensors.ts';
import { Tensors } from '../../../src/model/checkpoint/tensors.ts';

/** A file as the format's page describes it. */
function safetensors(header: object | string, data: Uint8Array, length?: bigint): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(length ?? BigInt(json.length));
  return Buffer.concat([prefix, json, data]);
}

const bytes = (values: readonly number[]): Uint8Array => new Uint8Array(new Float32Array(values).buffer);

describe('safetensors', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-safetensors-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const write = async (content: Uint8Array, name = 'model.safetensors'): Promise<string> => {
    await writeFile(path.join(folder, name), content);
    return path.join(folder, name);
  };

  it('reads a part of a tensor in each float type', async () => {
    const header = {
      __metadata__: { format: 'pt' },
      f32: { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] },
      f16: { dtype: 'F16', shape: [2], data_offsets: [16, 20] },
      bf16: { dtype: 'BF16', shape: [2], data_offsets: [20, 24] },
      f64: { dtype: 'F64', shape: [1], data_offsets: [24, 32] },
      ids: { dtype: 'I64', shape: [1], data_offsets: [32, 40] },
    };
    const data = Buffer.concat([
      bytes([1, -2.5, 3, 4]),
      // 1.5 and -2 as binary16, 1.5 and -2 as bfloat16
      Buffer.from([0x00, 0x3e, 0x00, 0xc0, 0xc0, 0x3f, 0x00, 0xc0]),
      new Uint8Array(new Float64Array([0.1]).buffer),
      Buffer.alloc(8),
    ]);
    const file = await SafetensorsFile.open(await write(safetensors(header, data)));
    const read = async (name: string, from: number, to: number): Promise<number[]> =>
      Array.from(await file.read(file.tensors.get(name)!, from, to));
    assert.deepEqual(await read('f32', 1, 3), [-2.5, 3]);
    assert.deepEqual(await read('f16', 0, 2), [1.5, -2]);
    assert.deepEqual(await read('bf16', 0, 2), [1.5, -2]);
    assert.deepEqual(await read('f64', 0, 1), [Math.fround(0.1)]);
    await assert.rejects(read('ids', 0, 1), { code: 'modelUnsupported' });
    assert.ok(!file.tensors.has('__metadata__'));
    await file.close();
  });

  const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  const damaged: Readonly<Record<string, Uint8Array>> = {
    'an empty file': new Uint8Array(0),
    'a header longer than the file': safetensors({ a: entry }, bytes([1, 2]), 1_000_000n),
    'a header of absurd length': safetensors({ a: entry }, bytes([1, 2]), 2n ** 63n),
    'a header that is no JSON': safetensors('{', bytes([1, 2])),
    'a tensor beyond the end (a truncated file)': safetensors({ a: entry }, bytes([1])),
    'a tensor of another size than its shape': safetensors({ a: { ...entry, shape: [3] } }, bytes([1, 2])),
    'offsets that run backwards': safetensors({ a: { ...entry, data_offsets: [8, 0] } }, bytes([1, 2])),
    'a negative shape': safetensors({ a: { ...entry, shape: [-2] } }, bytes([1, 2])),
  };
  for (const [what, content] of Object.entries(damaged))
    it(`refuses ${what}`, async () => {
      await assert.rejects(SafetensorsFile.open(await write(content)), { code: 'modelDamaged' });
    });

  it('finds tensors over shards, under today’s names', async () => {
    await write(
      safetensors({ 'a.LayerNorm.gamma': entry }, bytes([1, 2])),
      'model-00001-of-00002.safetensors',
    );
    await write(safetensors({ b: entry }, bytes([3, 4])), 'model-00002-of-00002.safetensors');
    const map = {
      'a.LayerNorm.gamma': 'model-00001-of-00002.safetensors',
      b: 'model-00002-of-00002.safetensors',
    };
    await write(Buffer.from(JSON.stringify({ weight_map: map })), 'model.safetensors.index.json');
    const tensors = await Tensors.open(folder);
    assert.deepEqual([...tensors.names], ['a.LayerNorm.weight', 'b']);
    assert.deepEqual(Array.from(await tensors.rows('b', 1, 2)), [4]);
    await tensors.close();
  });

  it('says which shard is missing, and never leaves the folder', async () => {
    const index = (shard: string): Uint8Array => Buffer.from(JSON.stringify({ weight_map: { a: shard } }));
    await write(index('gone.safetensors'), 'model.safetensors.index.json');
    await assert.rejects(Tensors.open(folder), { code: 'modelMissing', subject: /gone/ });
    await write(index('../outside.safetensors'), 'model.safetensors.index.json');
    await assert.rejects(Tensors.open(folder), { code: 'modelDamaged' });
  });

  it('opens no pickle', async () => {
    await write(new Uint8Array(4), 'pytorch_model.bin');
    await assert.rejects(Tensors.open(folder), { code: 'modelUnsupported', subject: /pytorch_model/ });
  });
});

describe('16-bit floats', () => {
  it('widens every binary16 to the value that it stands for', () => {
    const halves = Uint16Array.from({ length: 1 << 16 }, (_, i) => i);
    const wide = widenFloat16(halves);
    assert.equal(wide[0x3c00], 1);
    assert.equal(wide[0x7bff], 65_504);
    assert.equal(wide[0x0001], 2 ** -24);
    assert.equal(wide[0x0400], 2 ** -14);
    assert.equal(wide[0xfc00], -Infinity);
    assert.ok(Number.isNaN(wide[0x7e00]));
    assert.ok(Object.is(wide[0x8000], -0));
    // Larger bits, larger value, over all positive finite ones.
    for (let i = 1; i < 0x7c00; i++) assert.ok(wide[i]! > wide[i - 1]!);
  });

  it('bfloat16 is a float32 cut short', () => {
    const floats = new Float32Array([1.5, -3.25, 1e30]);
    const bits = new Uint32Array(floats.buffer);
    const widened = widenBfloat16(Uint16Array.from(bits, bit => bit >>> 16));
    floats.forEach((value, i) => assert.ok(Math.abs(widened[i]! / value - 1) < 2 ** -7));
  });
});
