import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byDocument, documentScore } from '../../../src/search/ranking/documentScore.ts';

const scores = fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('documentScore', () => {
  it('is that of the best passage, and less than the bound above it', () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 1, noNaN: true }), (own, bonus) => {
        const best = Math.max(...own);
        const score = documentScore(own, bonus);
        assert.ok(score >= best && score <= best * (1 + bonus) * (1 + 1e-12));
        assert.equal(documentScore(own, 0), best);
      }),
    );
  });
  it('never falls when a passage more matches', () => {
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 10, noNaN: true }), (own, more) => {
        assert.ok(documentScore([...own, more], 0.2) >= documentScore(own, 0.2) * (1 - 1e-12));
      }),
    );
  });
  it('of nothing is 0', () => assert.equal(documentScore([], 0.2), 0));
  it('puts the better of two documents first, equal ones as they come', () => {
    const items = [
      { score: 10, file: 'a' },
      { score: 9.9, file: 'b' },
      { score: 9.9, file: 'b' },
      { score: 10, file: 'c' },
    ];
    const order = (bonus: number): string[] =>
      byDocument(items, ({ file }) => file, bonus).map(({ document }) => document);
    assert.deepEqual(order(0), ['a', 'c', 'b']);
    assert.deepEqual(order(0.1), ['b', 'a', 'c']);
  });
});
