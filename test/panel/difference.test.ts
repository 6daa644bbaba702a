import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differencesOf, REMAINDER } from '../../media/panel/explain/difference.ts';
import { roundToSum } from '../../media/panel/explain/roundToSum.ts';
import type { Contribution, Hit } from '../../src/domain/hit.ts';
import { HITS } from './sample.ts';

const contribution: fc.Arbitrary<Contribution> = fc.record({
  id: fc.constantFrom('s:1', 's:2', 's:3', 'w:연차', 'r:typo a b', 'n:'),
  token: fc.constantFrom('연차', '휴가'),
  channel: fc.constantFrom('lexical' as const, 'semantic' as const),
  kind: fc.constantFrom('literal' as const, 'queryExpansion' as const),
  word: fc.nat(3),
  query: fc.constant(1),
  passage: fc.constant(1),
  value: fc.double({ min: 0, max: 20, noNaN: true }),
  ranges: fc.constant([]),
});

/** A hit whose addends are its score but for the last digits, as the engine's are. */
const hit: fc.Arbitrary<Pick<Hit, 'score' | 'contributions'>> = fc
  .tuple(fc.array(contribution, { maxLength: 12 }), fc.double({ min: -1e-6, max: 1e-6, noNaN: true }))
  .map(([contributions, error]) => ({
    contributions,
    score: contributions.reduce((total, { value }) => total + value, 0) + error,
  }));

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('the difference of two scores', () => {
  it('is the sum of its terms’ differences, and each side is its score, however many terms are named', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(hit, hit, fc.oneof(fc.nat(6), fc.constant(Infinity)), (first, second, named) => {
        const rows = differencesOf(first, second, named);
        const close = (value: number, wanted: number): void => assert.ok(Math.abs(value - wanted) < 2e-5);
        close(sum(rows.map(row => row.difference)), first.score - second.score);
        close(sum(rows.map(row => row.first)), first.score);
        close(sum(rows.map(row => row.second)), second.score);
        for (const row of rows) assert.ok(Math.abs(row.first - row.second - row.difference) < 1e-9);
        assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, 'a term is one row');
        assert.ok(rows.length <= named + 1);
      }),
    );
  });

  it('turns its sign with the hits', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(hit, hit, (first, second) => {
        const there = new Map(differencesOf(first, second).map(row => [row.id, row.difference]));
        for (const { id, difference } of differencesOf(second, first))
          assert.ok(Math.abs(difference + (there.get(id) ?? 0)) < 1e-5);
      }),
    );
  });

  it('adds up as it is shown, rounded', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(hit, hit, fc.nat(6), (first, second, named) => {
        const rows = differencesOf(first, second, named);
        const cents = (values: readonly number[], total: number): number =>
          Math.round(sum(roundToSum(values, total, 2)) * 100);
        const shown = cents(
          rows.map(row => row.first),
          first.score,
        );
        assert.ok(shown === Math.round(first.score * 100));
      }),
    );
  });

  it('begins with what tells them apart most, and keeps what only one of them has', () => {
    const [leave, guide] = [HITS[0]!, HITS[1]!];
    const rows = differencesOf(leave, guide, 3);
    assert.deepEqual(
      rows.map(({ token, count }) => [token, count]),
      [
        ['신청', 1],
        ['연차', 1],
        ['3일', 1],
        ['', rows.at(-1)!.count],
      ],
    );
    assert.equal(rows.at(-1)!.id, REMAINDER);
  });
});
