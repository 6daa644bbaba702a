import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DIMENSION_WEIGHTS, weightAt, WORD_WEIGHTS } from '../../../../src/search/query/language/weight.ts';

const number = fc
  .tuple(fc.nat(999), fc.nat(999))
  .map(([whole, part]) => [`${whole}.${String(part).padStart(3, '0')}`, whole + part / 1_000] as const);

describe('the weight of a word', function () {
  this.timeout(60_000);

  it('is the number behind ^, within its limits', () => {
    fc.assert(
      fc.property(number, fc.constantFrom(WORD_WEIGHTS, DIMENSION_WEIGHTS), ([text, value], range) => {
        const found = weightAt(`예산^${text} 회의`, 2, range)!;
        assert.equal(found.end, 3 + text.length);
        const wanted = value === 0 ? 0 : Math.min(range.largest, Math.max(range.smallest, value));
        assert.ok(Math.abs(found.weight - wanted) < 1e-9);
        assert.equal(found.bounded, Math.abs(wanted - value) > 1e-9);
      }),
    );
  });

  it('may be 0, begin with a point, and stand before punctuation, which is text', () => {
    assert.deepEqual(weightAt('예산^0', 2), { weight: 0, bounded: false, end: 4 });
    assert.deepEqual(weightAt('예산^.5', 2), { weight: 0.5, bounded: false, end: 5 });
    assert.deepEqual(weightAt('예산^2?', 2), { weight: 2, bounded: false, end: 4 });
    assert.deepEqual(weightAt('(예산^2)', 3), { weight: 2, bounded: false, end: 5 });
  });

  it('is none where ^ is something else', () => {
    for (const text of ['예산^', '예산^a', '예산^2a', '예산^-1', '예산^1e3', '예산 ^2', 'x^2+1'])
      assert.equal(weightAt(text, text.indexOf('^') === 3 ? 2 : text.indexOf('^')), null, text);
    assert.equal(weightAt('예산^2를', 2), null);
    assert.equal(
      weightAt('"예산"^2를', 4, WORD_WEIGHTS, true)?.weight,
      2,
      'after a quotation, a particle may',
    );
  });
});
