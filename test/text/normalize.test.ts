import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normalizeForSearch, sourceRange } from '../../src/text/normalize.ts';

describe('normalizeForSearch', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['회의록', '회의록'],
    ['회의록'.normalize('NFD'), '회의록'],
    ['ＡＢＣ１２３', 'abc123'],
    ['ﾃﾞｰﾀ', 'データ'],
    ['ㅎㅇㄹ', 'ㅎㅇㄹ'],
    ['㎏', 'kg'],
    ['É'.normalize('NFD'), 'é'],
    ['각', '각'],
    ['가\u11a8', '각'],
  ];
  for (const [source, wanted] of cases)
    it(`${JSON.stringify(source)} -> ${wanted}`, () => {
      assert.equal(normalizeForSearch(source).text, wanted);
    });

  it('agrees with normalising the whole text at once', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'가각힣aÀ é한\u1112\u1161\u11ab글\u0301 1Ａ🙂\n') }),
        text => {
          const whole = text.normalize('NFKC').toLowerCase().normalize('NFKC');
          assert.equal(normalizeForSearch(text).text, whole);
        },
      ),
    );
  });

  it('keeps a place for every unit: never decreasing, inside the source', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const { text: form, starts } = normalizeForSearch(text);
        assert.equal(starts.length, form.length + 1);
        for (let i = 0; i < form.length; i++) {
          assert.ok(starts[i]! <= starts[i + 1]!);
          const range = sourceRange({ text: form, starts }, i, i + 1);
          assert.ok(range.end > range.start && range.end <= text.length);
        }
      }),
    );
  });

  it('leads a match in NFD text back to whole letters', () => {
    const source = `먼저 ${'회의'.normalize('NFD')} 준비`;
    const mapped = normalizeForSearch(source);
    const at = mapped.text.indexOf('회의');
    const range = sourceRange(mapped, at, at + 2);
    assert.equal(source.slice(range.start, range.end).normalize('NFC'), '회의');
  });
});
