import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { VectorCache } from '../../src/evaluation/vectorCache.ts';
import type { SparseVector } from '../../src/index/sparseVector.ts';
import type { EncodedBatch, EncoderInput } from '../../src/model/encoder.ts';

const input = (text: string): EncoderInput => ({ kind: 'passage', context: '제목', text });

/** A vector that shows which text it was made of. */
function vectorOf(text: string): SparseVector {
  return {
    dimensions: Uint32Array.of(text.length, 70_000),
    weights: Float32Array.of(0.25, 1.5),
    places: Uint16Array.of(3, 0xffff),
  };
}

describe('VectorCache', () => {
  let folder: string;
  let encoded: string[];
  const encode = (batch: readonly EncoderInput[]): Promise<EncodedBatch> => {
    encoded.push(...batch.map(({ text }) => text));
    return Promise.resolve({ vectors: batch.map(({ text }) => vectorOf(text)), tokens: 1, milliseconds: 1 });
  };
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'malmoi-vectors-'));
    encoded = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('encodes a text once, also after it was closed and opened again', async () => {
    const first = await VectorCache.open(folder, 'model');
    await first.encode([input('가'), input('나다')], encode);
    await first.close();
    const second = await VectorCache.open(folder, 'model');
    const { vectors, tokens } = await second.encode([input('나다'), input('가')], encode);
    await second.close();
    assert.deepEqual(encoded, ['가', '나다']);
    assert.equal(tokens, 0);
    assert.deepEqual(vectors, [vectorOf('나다'), vectorOf('가')]);
  });

  it('keeps models apart', async () => {
    for (const model of ['one', 'other']) {
      const cache = await VectorCache.open(folder, model);
      await cache.encode([input('가')], encode);
      await cache.close();
    }
    assert.deepEqual(encoded, ['가', '가']);
  });

  it('drops a record that was cut off, and goes on after the whole ones', async () => {
    const first = await VectorCache.open(folder, 'model');
    await first.encode([input('가')], encode);
    await first.encode([input('나')], encode);
    await first.close();
    const file = path.join(folder, (await readdir(folder))[0]!);
    await truncate(file, (await stat(file)).size - 5);
    for (const expected of [
      ['가', '나', '나'],
      ['가', '나', '나'],
    ]) {
      const cache = await VectorCache.open(folder, 'model');
      await cache.encode([input('가'), input('나')], encode);
      await cache.close();
      assert.deepEqual(encoded, expected);
    }
  });
});
