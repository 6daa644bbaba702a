import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planTints } from '../../src/editor/tintPlan.ts';
import { contribution, hit } from './hits.ts';

const text = '연차 유급휴가를 쓰려면';
const literal = contribution({ token: '연차', value: 3, ranges: [{ start: 0, end: 2 }] });
const expansion = contribution({
  token: '휴가',
  channel: 'semantic',
  kind: 'queryExpansion',
  word: 1,
  value: 2,
});

describe('planTints', () => {
  it('tints literal words before the engine has located the others', () => {
    const spans = planTints(hit({ text, score: 5, contributions: [literal, expansion] }), null);
    assert.deepEqual(spans, [{ start: 0, end: 2, contributions: [literal] }]);
  });

  it('adds the located words of the model', () => {
    const spans = planTints(hit({ text, score: 5, contributions: [literal, expansion] }), {
      휴가: [{ start: 5, end: 7 }],
    });
    assert.deepEqual(spans.at(-1), { start: 5, end: 7, contributions: [expansion] });
  });

  it('splits where two overlap, the larger share first', () => {
    const wide = contribution({ token: '유급', word: 2, value: 1, ranges: [{ start: 1, end: 5 }] });
    const spans = planTints(hit({ text, score: 5, contributions: [literal, wide] }), null);
    assert.deepEqual(
      spans.map(span => [span.start, span.end, span.contributions.map(each => each.token)]),
      [
        [0, 1, ['연차']],
        [1, 2, ['연차', '유급']],
        [2, 5, ['유급']],
      ],
    );
  });

  it('leaves out expansions too small to speak of, never a literal word', () => {
    const small = { ...expansion, value: 0.01, ranges: [{ start: 5, end: 7 }] };
    const smallLiteral = { ...literal, value: 0.01 };
    const spans = planTints(hit({ text, score: 5, contributions: [small, smallLiteral] }), null);
    assert.deepEqual(spans, [{ start: 0, end: 2, contributions: [smallLiteral] }]);
  });

  it('takes a token named like an inherited property for what it is', () => {
    const odd = { ...expansion, token: 'constructor' };
    assert.deepEqual(planTints(hit({ text, score: 5, contributions: [odd] }), {}), []);
  });

  it('answers ordered spans that don’t overlap, inside the text, whatever the ranges', () => {
    const range = fc.record({
      start: fc.integer({ min: -3, max: 20 }),
      end: fc.integer({ min: -3, max: 20 }),
    });
    const some = fc.array(fc.array(range, { maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(some, lists => {
        const contributions = lists.map((ranges, word) => contribution({ word, value: 1 + word, ranges }));
        const spans = planTints(hit({ text, score: 5, contributions }), null);
        let end = 0;
        for (const span of spans) {
          assert.ok(span.start >= end && span.end > span.start && span.end <= text.length);
          assert.ok(span.contributions.length > 0);
          end = span.end;
        }
      }),
    );
  });
});
