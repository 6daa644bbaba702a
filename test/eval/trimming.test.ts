import assert from 'node:assert/strict';
import { vectorOf } from '../fakes/records.ts';
import { trimmed } from './trimming.ts';

describe('trimmed', () => {
  const vector = vectorOf({ 1: 0.5, 4: 2, 7: 1, 9: 1 }, { 4: 3, 9: 5 });
  const kept = (minWeight: number, top: number): readonly number[] => [
    ...trimmed(vector, { minWeight, top }).dimensions,
  ];

  it('keeps the heaviest, sorted by dimension', () => {
    assert.deepEqual(kept(0, Infinity), [1, 4, 7, 9]);
    assert.deepEqual(kept(0, 2), [4, 7]);
    assert.deepEqual(kept(1, Infinity), [4, 7, 9]);
    assert.deepEqual(kept(1, 1), [4]);
    assert.deepEqual(kept(3, 4), []);
  });

  it('keeps weights and places along', () => {
    const { weights, places } = trimmed(vector, { minWeight: 1, top: 3 });
    assert.deepEqual(
      [[...weights], [...places]],
      [
        [2, 1, 1],
        [3, 0, 5],
      ],
    );
  });
});
