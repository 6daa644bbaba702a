import assert from 'node:assert/strict';
import v8 from 'node:v8';
import { heapTrimmer } from '../../src/threads/heapTrim.ts';

describe('heapTrimmer', () => {
  const used = (): number => v8.getHeapStatistics().used_heap_size;
  const litter = (): number => Array.from({ length: 400_000 }, (_, i) => ({ name: `${i} words` })).length;

  it('gives back what is garbage, where the heap is larger than its limit', () => {
    const trim = heapTrimmer(1);
    litter();
    const before = used();
    trim();
    assert.ok(used() < before - 10e6, `${before} -> ${used()}`);
  });

  it('does nothing below its limit', () => {
    const trim = heapTrimmer(100_000);
    litter();
    const before = used();
    trim();
    assert.ok(used() >= before);
  });
});
