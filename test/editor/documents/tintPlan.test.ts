import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planTints, strengthOf } from '../../../src/editor/documents/tintPlan.ts';
import { contribution, hit } from '../hits.ts';

const text = '연차 유급휴가를 쓰려면';
const literal = contribution({ token: '연차', value: 3, ranges: [{ start: 0, end: 2 }] });
const expansion = contribution({
  token: '휴가',
  channel: 'semantic',
  kind: 'queryExpansion',
  word: 1,
  value: 2,
  ranges: [{ start: 5, end: 7 }],
});

describe('planTints', () => {
  it('tints literal words and those of the model, none that stands in a heading only', () => {
    const inHeading = contribution({ token: '신청', word: 2, value: 1 });
    const spans = planTints(hit({ text, score: 6, contributions: [literal, expansion, inHeading] }));
    assert.deepEqual(spans, [
      { start: 0, end: 2, contributions: [literal] },
      { start: 5, end: 7, contributions: [expansion] },
    ]);
  });

  it('splits where two overlap, the larger share first', () => {
    const wide = contribution({ token: '유급', word: 2, value: 1, ranges: [{ start: 1, end: 5 }] });
    const spans = planTints(hit({ text, score: 5, contributions: [literal, wide] }));
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
    const small = { ...expansion, value: 0.01 };
    const smallLiteral = { ...literal, value: 0.01 };
    const spans = planTints(hit({ text, score: 5, contributions: [small, smallLiteral] }));
    assert.deepEqual(spans, [{ start: 0, end: 2, contributions: [smallLiteral] }]);
  });

  it('of a passage that was not opened shows only what makes it a hit', () => {
    const small = { ...literal, value: 0.3 };
    const own = hit({ text, score: 5, contributions: [expansion, small] });
    assert.deepEqual(
      planTints(own, false).map(span => span.contributions),
      [[expansion]],
    );
    assert.equal(planTints(own, true).length, 2, 'opened, each word of the query');
  });

  it('is strong where a word makes much of the score, and quiet in a passage that was not opened', () => {
    const own = hit({ text, score: 40, contributions: [literal, { ...expansion, value: 5 }] });
    const strengths = (isOpened: boolean): readonly string[] =>
      planTints(own).map(span => strengthOf(span, own, isOpened));
    assert.deepEqual(strengths(true), ['plain', 'strong']);
    assert.deepEqual(strengths(false), ['quiet', 'quiet']);
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
        const spans = planTints(hit({ text, score: 5, contributions }));
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
