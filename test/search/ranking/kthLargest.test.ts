import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kthLargest } from '../../../src/search/ranking/kthLargest.ts';

const value = fc.float({ min: -5, max: 100, noNaN: true });
const arrays = fc.array(
  fc.array(value, { maxLength: 60 }).map(values => Float32Array.from(values)),
  { maxLength: 5 },
);

describe('the k-th largest value', function () {
  this.timeout(60_000);

  it('is that of a sorted list of all, and 0 where there are fewer above 0', () => {
    fc.assert(
      fc.property(arrays, fc.integer({ min: 1, max: 50 }), (all, k) => {
        const sorted = all
          .flatMap(each => [...each])
          .filter(each => each > 0)
          .sort((a, b) => b - a);
        assert.equal(kthLargest(all, k), sorted[k - 1] ?? 0);
      }),
    );
  });

  it('counts equal values one by one', () => {
    const all = [Float32Array.of(2, 2, 2), Float32Array.of(1, 2)];
    assert.deepEqual(
      [1, 4, 5, 6].map(k => kthLargest(all, k)),
      [2, 2, 1, 0],
    );
  });
});
