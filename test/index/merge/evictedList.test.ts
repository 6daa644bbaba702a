import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EvictedList } from '../../../src/index/merge/evictedList.ts';
import {
  EvictedBlob,
  writeEvicted,
  type EvictedVector,
} from '../../../src/index/merge/evictedVectorCache.ts';
import { DamagedError } from '../../../src/index/segment/sections.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';

const DAY = 24 * 3_600_000;
const hashOf = (i: number): string => i.toString(16).padStart(32, '0');
const vector = fc
  .uniqueArray(fc.tuple(fc.nat(1e6), fc.float({ min: 0, max: 20, noNaN: true }), fc.nat(0xffff)), {
    maxLength: 20,
    selector: ([dimension]) => dimension,
  })
  .map(entries => ({
    dimensions: Uint32Array.from(entries, ([dimension]) => dimension),
    weights: Float32Array.from(entries, ([, weight]) => weight),
    places: Uint16Array.from(entries, ([, , place]) => place),
  }));
const some = (first: number, count: number): EvictedVector[] =>
  Array.from({ length: count }, (_, i) => ({
    hash: hashOf(first + i),
    vector: {
      dimensions: Uint32Array.of(first + i),
      weights: Float32Array.of(1),
      places: Uint16Array.of(0),
    },
  }));

describe('evicted vectors', function () {
  this.timeout(60_000);
  let store: MemoryStore;
  beforeEach(() => void (store = new MemoryStore()));

  it('are given back bit for bit, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(vector, { maxLength: 20 }), fc.nat(), async (vectors, now) => {
        const all = vectors.map((each, i) => ({ hash: hashOf(i), vector: each }));
        await store.write('retired-1', ...writeEvicted(all, now));
        const blob = await EvictedBlob.open(store, 'retired-1');
        assert.deepEqual([blob.count, blob.evictedAt], [all.length, now]);
        for (const { hash, vector: own } of all) assert.deepEqual(await blob.find(hash), own);
        assert.equal(await blob.find(hashOf(all.length)), null);
        assert.deepEqual(await blob.all(), all);
        await blob.verify();
        await blob.close();
      }),
    );
  });

  it('are missing where the blob is missing or cut off', async () => {
    await assert.rejects(EvictedBlob.open(store, 'retired-1'), DamagedError);
    await store.write('retired-1', ...writeEvicted(some(0, 3), 0));
    await store.truncate('retired-1', 40);
    await assert.rejects(EvictedBlob.open(store, 'retired-1'), DamagedError);
  });

  describe('in a list of blobs', () => {
    let list: EvictedList;
    let next = 0;
    beforeEach(() => void (list = new EvictedList(store)));
    const add = async (vectors: readonly EvictedVector[], now: number): Promise<void> => {
      const names = await list.add(vectors, `retired-${next++}`, now);
      assert.deepEqual(await list.open(names), []);
    };

    it('are found in whichever blob they are', async () => {
      await add(some(0, 1_100), 0);
      await add(some(5_000, 10), DAY);
      assert.equal(list.names.length, 2);
      assert.ok(list.has(hashOf(3)) && list.has(hashOf(5_003)) && !list.has(hashOf(4_000)));
      assert.deepEqual([...(await list.find(hashOf(3)))!.dimensions], [3]);
      assert.deepEqual([...(await list.find(hashOf(5_003)))!.dimensions], [5_003]);
      assert.equal(await list.find(hashOf(4_000)), null);
      assert.deepEqual(await list.verify(), []);
      assert.ok(list.bytes > 0);
    });

    it('are few blobs: a small one is written again with its successor', async () => {
      for (let i = 0; i < 20; i++) await add(some(10 * i, 10), i);
      assert.equal(list.names.length, 1);
      for (let i = 0; i < 200; i++) assert.ok(list.has(hashOf(i)), String(i));
    });

    it('go when they are older than thirty days', async () => {
      await add(some(0, 1_100), 0);
      await add(some(2_000, 10), 29 * DAY);
      assert.ok(list.has(hashOf(3)));
      await add(some(3_000, 10), 31 * DAY);
      assert.ok(!list.has(hashOf(3)));
      assert.ok(list.has(hashOf(2_003)) && list.has(hashOf(3_003)));
    });

    it('go when there are too many, the oldest first', async () => {
      for (let i = 0; i < 9; i++) await add(some(2_000 * i, 2_000), i);
      const found = Array.from({ length: 9 }, (_, i) => list.has(hashOf(2_000 * i)));
      assert.deepEqual(found, [false, ...Array.from({ length: 8 }, () => true)]);
    });

    it('are left out where their blob is damaged, and the others are found', async () => {
      await add(some(0, 1_100), 0);
      await add(some(5_000, 10), 0);
      const [first, second] = list.names;
      const bytes = store.blobs.get(first!)!;
      await list.close();
      bytes.fill(0, 0, 64);
      const damage = await list.open([first!, second!, 'retired-none']);
      assert.equal(damage.length, 2);
      assert.match(damage[0]!, new RegExp(`^${first}: `));
      assert.equal(damage[1], 'retired-none: missing');
      assert.ok(!list.has(hashOf(3)));
      assert.ok(list.has(hashOf(5_003)));
    });
  });
});
