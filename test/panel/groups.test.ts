import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { groupContributions, REST } from '../../media/panel/explain/groups.ts';
import { roundToSum, scoreDecimals } from '../../media/panel/explain/roundToSum.ts';
import type { Contribution, MatchKind } from '../../src/domain/hit.ts';
import { HITS } from './sample.ts';

const kinds: readonly MatchKind[] = ['literal', 'queryExpansion', 'documentExpansion', 'bothExpansion'];

const contribution: fc.Arbitrary<Contribution> = fc.record({
  id: fc.constantFrom('s:1', 'w:연차', 'r:a', 'n:'),
  token: fc.constantFrom('연차', '휴가', '3일', '승인', '결재', '__proto__', 'constructor'),
  channel: fc.constantFrom('lexical' as const, 'semantic' as const),
  kind: fc.constantFrom(...kinds),
  word: fc.nat({ max: 6 }),
  query: fc.constant(1),
  passage: fc.constant(1),
  value: fc.double({ min: 1e-7, max: 50, noNaN: true }),
  ranges: fc.constant([]),
});

const hit = fc
  .record({
    contributions: fc.array(contribution, { minLength: 1, maxLength: 60 }),
    // The engine promises its addends to 1e-6.
    error: fc.double({ min: -1e-6, max: 1e-6, noNaN: true }),
  })
  .map(({ contributions, error }) => ({
    contributions,
    score: contributions.reduce((sum, { value }) => sum + value, 0) + error,
  }));

describe('grouping contributions', () => {
  it('sums to the score exactly, rest included, whatever the addends', () => {
    fc.assert(
      fc.property(hit, fc.integer({ min: 1, max: 6 }), (sample, named) => {
        const sum = groupContributions(sample, named).reduce((total, group) => total + group.value, 0);
        assert.ok(Math.abs(sum - sample.score) <= 1e-9, `${sum} is not ${sample.score}`);
      }),
    );
  });

  it('names at most four groups, or five where the fifth would be the whole rest', () => {
    fc.assert(
      fc.property(hit, sample => {
        const groups = groupContributions(sample);
        assert.ok(groups.length <= 5);
        assert.equal(new Set(groups.map(group => group.key)).size, groups.length);
        const merged = groups.reduce((total, group) => total + group.count, 0);
        assert.equal(merged, sample.contributions.length, 'no contribution is lost or counted twice');
      }),
    );
  });

  it('orders the named groups by value and puts the rest last', () => {
    fc.assert(
      fc.property(hit, sample => {
        const groups = groupContributions(sample);
        const named = groups.filter(group => group.key !== REST).map(group => group.value);
        assert.deepEqual(
          named,
          [...named].sort((a, b) => b - a),
        );
        const rest = groups.findIndex(group => group.key === REST);
        assert.ok(rest === -1 || rest === groups.length - 1);
      }),
    );
  });

  it('orders equal groups anew where the last digits go into one of them', () => {
    const one = (word: number): Contribution => ({
      id: 'w:연차',
      token: '연차',
      channel: 'lexical',
      kind: 'literal',
      word,
      query: 1,
      passage: 1,
      value: 1e-7,
      ranges: [],
    });
    const groups = groupContributions({ contributions: [one(0), one(1)], score: 1.9999999999999996e-7 });
    assert.deepEqual(
      groups.map(({ key, value }) => [key, value]),
      [
        ['1:literal', 1e-7],
        ['0:literal', 9.999999999999997e-8],
      ],
    );
  });

  it('merges by query word and kind, the heaviest token first', () => {
    const groups = groupContributions(HITS[0]!);
    assert.deepEqual(
      groups.map(({ key, tokens, count }) => ({ key, tokens: key === REST ? [] : tokens, count })),
      [
        { key: '0:literal', tokens: ['연차'], count: 2 },
        { key: '0:queryExpansion', tokens: ['휴가'], count: 1 },
        { key: '1:queryExpansion', tokens: ['3일'], count: 1 },
        { key: '3:documentExpansion', tokens: ['신청'], count: 1 },
        { key: REST, tokens: [], count: 5 },
      ],
    );
  });

  it('gives nothing for a hit without contributions', () => {
    assert.deepEqual(groupContributions({ score: 0, contributions: [] }), []);
  });
});

describe('rounding to a sum', () => {
  it('shows values that add up to the score shown, none off by a unit', () => {
    fc.assert(
      fc.property(hit, fc.integer({ min: 1, max: 4 }), (sample, decimals) => {
        const values = groupContributions(sample).map(group => group.value);
        const rounded = roundToSum(values, sample.score, decimals);
        const unit = 10 ** decimals;
        const units = rounded.reduce((sum, value) => sum + Math.round(value * unit), 0);
        assert.ok(units === Math.round(sample.score * unit), `${units}`);
        rounded.forEach((value, index) => assert.ok(Math.abs(value - values[index]!) <= 1 / unit + 1e-9));
      }),
    );
  });

  it('rounds 3.312, 2.641, 1.52, 1.171 and the rest of 9.42 as the reader adds them', () => {
    assert.deepEqual(roundToSum([3.312, 2.641, 1.52, 1.171, 0.776], 9.42, 2), [3.31, 2.64, 1.52, 1.17, 0.78]);
  });

  it('takes more places for small scores', () => {
    assert.deepEqual([120, 9.42, 0.42, 0.042].map(scoreDecimals), [1, 2, 3, 4]);
  });
});
