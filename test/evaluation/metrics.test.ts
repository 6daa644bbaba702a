import assert from 'node:assert/strict';
import { ndcg, percentile, recall } from '../../src/evaluation/metrics.ts';

const grades = new Map([
  ['a', 2],
  ['b', 1],
  ['c', 0],
]);

describe('metrics', () => {
  it('ndcg is 1 in the ideal order and falls with the rank', () => {
    assert.equal(ndcg(['a', 'b', 'c'], grades, 10), 1);
    // (1 / log2(2) + 3 / log2(3)) / (3 / log2(2) + 1 / log2(3))
    assert.ok(
      Math.abs(ndcg(['b', 'a'], grades, 10) - (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3))) < 1e-12,
    );
    assert.equal(ndcg(['x', 'a'], grades, 1), 0);
    assert.equal(ndcg(['a'], new Map(), 10), 0);
  });
  it('recall counts relevant documents among the first k', () => {
    assert.equal(recall(['a', 'x', 'b'], grades, 2), 0.5);
    assert.equal(recall(['a', 'x', 'b'], grades, 3), 1);
  });
  it('percentile picks from the sorted values', () => {
    assert.equal(percentile([5, 1, 3], 0.5), 3);
    assert.equal(percentile([], 0.5), 0);
  });
});
