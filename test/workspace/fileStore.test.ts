import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { FileStore } from '../../src/workspace/fileStore.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

describe('FileStore', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('reads what was written, whole and in parts, in buffers of their own', async () => {
    const store = await FileStore.open(folder);
    const bytes = Uint8Array.from({ length: 1_000 }, (_, i) => i);
    await store.write('a', bytes.subarray(0, 600));
    await store.append('a', bytes.subarray(600));
    const whole = (await store.read('a'))!;
    assert.deepEqual(whole, bytes);
    // A Buffer's slice would share its memory.
    assert.equal(whole.slice(3).buffer.byteLength, 997);
    const blob = (await store.open('a'))!;
    assert.equal(blob.size, 1_000);
    assert.deepEqual(await blob.read(7, 5), bytes.slice(7, 12));
    assert.deepEqual(await blob.read(990, 50), bytes.slice(990), 'no more than there is');
    await store.remove('a');
    assert.deepEqual(await blob.read(0, 2), bytes.slice(0, 2), 'still readable');
    await blob.close();
    assert.equal(await store.open('a'), null);
    assert.equal(await store.read('a'), null);
  });

  it('gives an index back as it was, from its log and from segments', async () => {
    const store = await FileStore.open(folder);
    const written = await PassageIndex.open(store, 'f');
    const vectors = new Map<string, number>();
    for (let i = 0; i < 20; i++) {
      const record = passage(`글 ${i}`, vectorOf({ [i]: i / 7 + 0.1 }));
      vectors.set(record.hash, record.vector.weights[0]!);
      await written.replace([file(`${i}.md`, [record])]);
      if (i === 9) await written.flush();
    }
    for (const index of [written, await PassageIndex.open(store, 'f')])
      for (const [hash, weight] of vectors) {
        const vector = (await index.vectorOf(hash))!;
        assert.ok(Math.abs(vector.weights[0]! - weight) < 1e-4);
      }
  });
});
