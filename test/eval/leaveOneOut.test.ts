import assert from 'node:assert/strict';
import { choice, leaveOneOut, type Trial } from './leaveOneOut.ts';

describe('choice', () => {
  const trial = (setting: number, ndcg: readonly number[], cost: number): Trial<number> => ({
    setting,
    ndcg,
    cost: ndcg.map(() => cost),
  });
  const trials = [trial(99, [0.8, 0.5], 50), trial(32, [0.7998, 0.6], 30), trial(8, [0.7, 0.6], 8)];

  it('takes the least cost of those that are as good as the best', () => {
    assert.equal(choice(trials, [0]).setting, 32);
    assert.equal(choice(trials, [1]).setting, 8);
    assert.equal(choice(trials, [0, 1]).setting, 32);
  });

  it('reports each set with what the others chose', () => {
    assert.deepEqual(
      leaveOneOut(trials, trials[0]!, 2).map(({ chosen, before, after }) => [chosen, before, after]),
      [
        [8, 0.8, 0.7],
        [32, 0.5, 0.6],
      ],
    );
  });
});
