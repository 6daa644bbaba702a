import assert from 'node:assert/strict';
import { costOf, flopsPerToken } from '../bench/team/costModel.ts';

const MEASURED = { bytes: 6_000, tokensPerSecond: 5_000, searchMs: { any: 20, million: 900 } };

describe('what a team’s index of a size costs', () => {
  it('grows with the passages, and is cut into shards', () => {
    const small = costOf(1e6, MEASURED);
    assert.equal(small.bytes, 6e9);
    assert.equal(small.shards, small.cores);
    assert.equal(small.twoCores, (1e6 * 150) / 5_000 / 3_600);
    const large = costOf(1e9, MEASURED);
    assert.equal(large.shards, large.cores);
    assert.equal(costOf(1e9, { ...MEASURED, searchMs: { any: 20, million: 0 } }).shards, 200);
    assert.equal(large.manyCores, large.twoCores / 32);
    assert.equal(large.diskBytes, 2 * large.bytes);
    assert.deepEqual([small.searchMs, small.cores], [920, 5]);
  });

  it('counts the products of the model’s matrices', () => {
    // One layer of width 2 with an inner layer of 3 and 5 dimensions, on a text of one token.
    const model = { layers: 1, width: 2, inner: 3, dimensions: 5 };
    assert.equal(flopsPerToken(model, 1), 2 * (4 * 4 + 2 * 6 + 2 * 2 + 10));
  });
});
