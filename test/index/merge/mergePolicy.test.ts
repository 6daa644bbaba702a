import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runsThatFit, runToMerge, type Size } from '../../../src/index/merge/mergePolicy.ts';
import { MAX_PASSAGES } from '../../../src/index/segment/segment.ts';

const whole = (...sizes: readonly number[]): Size[] => sizes.map(live => ({ passages: live, live }));

describe('runToMerge', () => {
  for (const [what, sizes, wanted] of [
    ['nothing of little', whole(), null],
    ['nothing of three of a size', whole(2_048, 2_048, 2_048), null],
    ['four of a size', whole(2_048, 2_048, 2_048, 2_048), [0, 4]],
    ['nothing of a large one with small ones', whole(32_000, 2_048, 2_048, 2_048), null],
    ['the small ones behind a large one', whole(32_000, 2_048, 2_048, 2_048, 2_048), [1, 5]],
    ['what is dead by more than half', [{ passages: 9_000, live: 4_000 }], [0, 1]],
    ['nothing that is dead and small', [{ passages: 400, live: 0 }], null],
    [
      'the cheapest two of too many',
      whole(...Array.from({ length: 20 }, (_, i) => 4 ** (i % 7) + 9)),
      [7, 9],
    ],
  ] as const)
    it(`merges ${what}`, () => {
      const run = runToMerge(sizes);
      if (wanted === null) return assert.equal(run, null);
      // Of too many, any two neighbours whose sum is the smallest are right.
      const sum = (first: number, end: number): number =>
        sizes.slice(first, end).reduce((total, { live }) => total + live, 0);
      assert.ok(run !== null);
      if (what.startsWith('the cheapest')) assert.ok(sum(run.first, run.end) <= sum(wanted[0], wanted[1]));
      else assert.deepEqual([run.first, run.end], wanted);
    });

  it('fills segments: of a million passages none is left that is half full', () => {
    for (const flush of [500, 2_000, 2_300, 4_096, 16_384, 20_000]) {
      let segments: number[] = [];
      for (let added = 0; added < 1_000_000; added += flush) {
        segments.push(flush);
        for (let run = runToMerge(whole(...segments)); run !== null; run = runToMerge(whole(...segments))) {
          const together = segments.slice(run.first, run.end).reduce((sum, size) => sum + size, 0);
          segments = [...segments.slice(0, run.first), together, ...segments.slice(run.end)];
        }
      }
      const large = segments.filter(size => size > Math.max(flush, MAX_PASSAGES / 4));
      assert.ok(Math.min(...large) >= 0.75 * MAX_PASSAGES, `${flush}: ${segments.join(' ')}`);
      assert.ok(large.length <= 21, `${flush}: ${large.length} large segments`);
    }
  });

  it('keeps few segments and rewrites each passage a few times, whatever is added', () => {
    const added = fc.array(fc.integer({ min: 1, max: 4_096 }), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(added, flushes => {
        let segments: number[] = [];
        let written = 0;
        for (const flush of flushes) {
          segments.push(flush);
          for (let run = runToMerge(whole(...segments)); run !== null; run = runToMerge(whole(...segments))) {
            const together = segments.slice(run.first, run.end).reduce((sum, size) => sum + size, 0);
            assert.ok(together <= MAX_PASSAGES);
            written += together;
            segments = [...segments.slice(0, run.first), together, ...segments.slice(run.end)];
          }
        }
        const total = flushes.reduce((sum, size) => sum + size, 0);
        assert.ok(segments.length <= 8 + Math.ceil(total / MAX_PASSAGES), `${segments.length} segments`);
        assert.ok(written <= 12 * total + 100_000, `each passage is written ${written / total} times`);
      }),
      { numRuns: 200 },
    );
  });
});

describe('runsThatFit', () => {
  it('covers all neighbours in order, each run within one segment', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: MAX_PASSAGES }), { maxLength: 30 });
    fc.assert(
      fc.property(sizes, lives => {
        const runs = runsThatFit(whole(...lives));
        const covered = runs.flatMap(({ first, end }) => lives.slice(first, end));
        assert.deepEqual(covered, lives);
        for (const { first, end } of runs)
          assert.ok(lives.slice(first, end).reduce((sum, size) => sum + size, 0) <= MAX_PASSAGES);
      }),
    );
  });
});
