import assert from 'node:assert/strict';
import { ReadCache } from '../../src/index/readCache.ts';

const LIMIT = 16_384;

describe('ReadCache', () => {
  it('gives back what was set, and keeps no more than its limit', () => {
    const reads = new ReadCache(LIMIT);
    for (let i = 0; i < 200; i++) {
      reads.set(`${i}`, Uint8Array.of(i));
      assert.deepEqual(reads.get(`${i}`), Uint8Array.of(i));
    }
    const kept = Array.from({ length: 200 }, (_, i) => i).filter(i => reads.get(`${i}`) !== undefined);
    assert.ok(kept.length > 0 && kept.length * 257 <= LIMIT, `${kept.length}`);
  });

  it('keeps what is asked for again and again', () => {
    const reads = new ReadCache(LIMIT);
    reads.set('often', Uint8Array.of(1));
    for (let i = 0; i < 1_000; i++) {
      reads.set(`${i}`, Uint8Array.of(2));
      assert.deepEqual(reads.get('often'), Uint8Array.of(1));
    }
  });

  it('does not keep what would drive out all others', () => {
    const reads = new ReadCache(LIMIT);
    reads.set('large', new Uint8Array(LIMIT / 8));
    assert.equal(reads.get('large'), undefined);
  });
});
