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

describe('what is not seen', () => {
  for (const [name, source, wanted] of [
    ['a zero-width space', '보\u200b고서', '보고서'],
    ['joiners', 'a\u200db\u200cc\u2060d', 'abcd'],
    ['a soft hyphen', '결\u00ad론 co\u00adop', '결론 coop'],
    ['a mark inside', '원\ufeff안', '원안'],
    ['marks of direction', '\u202a글\u202c\u2067말\u2069\u200e', '글말'],
    ['blanks of all kinds', 'a\u00a0b\u2009c\u3000d\u202fe\u2800f\u3164g', 'a b c d e f g'],
    ['variation selectors', '\u2764\ufe0f \u2714\ufe0e', '\u2764 \u2714'],
    ['tones of skin', '👍🏽', '👍'],
    ['joined pictures', '👩\u200d💻', '👩💻'],
    ['a keycap', '1\ufe0f\u20e3', '1'],
    ['a non-breaking hyphen', 'a\u2011b', 'a\u2010b'],
    ['what stands between a letter and its mark', 'e\u200b\u0301', 'é'],
    ['what stands between the letters of a syllable', '\u1112\u200b\u1161\u11ab', '한'],
    ['what follows a letter of the keyboard', 'ㅎ\u200bㅎ', 'ㅎㅎ'],
  ] as const)
    it(`${name} makes no other word`, () => assert.equal(normalizeForSearch(source).text, wanted));

  const UNITS = [...'가각a B1 é→🎂👍', '\u200b', '\u00ad', '\u2060', '\ufeff', '\u00a0', '\u200d', '\ufe0f', '🏽', '\u0301', '\u202e', '\u3164', '한'.normalize('NFD')]; // prettier-ignore
  const text = fc.string({ unit: fc.constantFrom(...UNITS), maxLength: 20 });

  it('leads back to a source that is the same to search, and that contains what was looked for', () => {
    fc.assert(
      fc.property(text, text, text, (before, wanted, after) => {
        // What combines with what stands before it is another letter there.
        fc.pre(!/^[\p{M}\p{DI}\p{EMod}]/u.test(wanted) && !/^[\p{M}\p{DI}\p{EMod}]/u.test(after));
        const query = normalizeForSearch(wanted).text;
        fc.pre(query !== '');
        const mapped = normalizeForSearch(before + wanted + after);
        const at = normalizeForSearch(before).text.length;
        assert.equal(mapped.text.slice(at, at + query.length), query);
        const { start, end } = sourceRange(mapped, at, at + query.length);
        const source = (before + wanted + after).slice(start, end);
        assert.equal(normalizeForSearch(source).text, query);
        assert.ok(start >= before.length && end <= before.length + wanted.length);
      }),
      { numRuns: 2_000 },
    );
  });
  it('is done once: the form of a form is itself', () => {
    fc.assert(
      fc.property(text, source => {
        const { text: form } = normalizeForSearch(source);
        assert.equal(normalizeForSearch(form).text, form);
      }),
    );
  });
});
