import assert from 'node:assert/strict';
import { vectorOf } from '../fakes/records.ts';
import { choice, leaveOneOut, trimmed, type Trial } from './trimming.ts';

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

describe('choice', () => {
  const trial = (top: number, ndcg: readonly number[], terms: number): Trial => ({
    trimming: { minWeight: 0, top },
    ndcg,
    terms: ndcg.map(() => terms),
  });
  const trials = [trial(99, [0.8, 0.5], 50), trial(32, [0.7998, 0.6], 30), trial(8, [0.7, 0.6], 8)];

  it('takes the fewest terms of those that are as good as the best', () => {
    assert.equal(choice(trials, [0]).trimming.top, 32);
    assert.equal(choice(trials, [1]).trimming.top, 8);
    assert.equal(choice(trials, [0, 1]).trimming.top, 32);
  });

  it('reports each set with what the others chose', () => {
    assert.deepEqual(
      leaveOneOut(trials, 2).map(({ chosen, before, after }) => [chosen.top, before, after]),
      [
        [8, 0.8, 0.7],
        [32, 0.5, 0.6],
      ],
    );
  });
});
