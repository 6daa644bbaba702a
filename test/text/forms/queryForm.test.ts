import assert from 'node:assert/strict';
import fc from 'fast-check';
import { composed, queryFormOf } from '../../../src/text/forms/queryForm.ts';
import { normalizeForSearch } from '../../../src/text/normalize.ts';

describe('queryFormOf', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['회의록', '회의록'],
    ['회의록'.normalize('NFD'), '회의록'],
    ['값'.normalize('NFD'), '값'],
    ['회의'.normalize('NFD') + '록', '회의록'],
    ['ﾾￌￜﾷￚￜ', 'ㅎㅗㅣㅇㅡㅣ'],
    ['ﾾﾷﾩ', 'ㅎㅇㄹ'],
    ['ﾡﾤﾧ', 'ㄱㄴㄷ'],
    ['ﾣ', 'ㄳ'],
    ['ￂￇￊￏￒￗￚￛￜ', 'ㅏㅔㅕㅚㅛㅠㅡㅢㅣ'],
    ['\u1112\u110b\u1105', 'ㅎㅇㄹ'],
    ['\u1161', 'ㅏ'],
    ['\u11ab', 'ㄴ'],
    ['ㅎㅇㄹ', 'ㅎㅇㄹ'],
    ['ＫＵＢＥ', 'kube'],
    ['ｋ８ｓ', 'k8s'],
    ['Kubernetes', 'kubernetes'],
    ['２０２６', '2026'],
    ['㈜말모이', '(주)말모이'],
    ['㎏', 'kg'],
    ['Ⅳ', 'iv'],
    ['ﾃﾞｰﾀ', 'データ'],
    ['회\u200b의\u00ad록', '회의록'],
    ['\ufeff예산', '예산'],
    ['檢\uf9e4', '檢理'],
    ['café'.normalize('NFD'), 'café'],
  ];
  for (const [source, wanted] of cases)
    it(`${JSON.stringify(source)} -> ${wanted}`, () => {
      assert.equal(queryFormOf(source), wanted);
    });
  it('of every half-width jamo is the jamo that NFKC means', () => {
    for (let unit = 0xffa1; unit <= 0xffdc; unit++) {
      const half = String.fromCharCode(unit);
      if (half.normalize('NFKC') === half) continue;
      assert.equal(queryFormOf(half).normalize('NFKC'), half.normalize('NFKC'));
    }
  });
  it('is that of the index for composed and decomposed Hangul, and of itself', () => {
    const word = fc.string({ unit: fc.constantFrom(...'가힣회의록값aÉＡ1檢ㅎ') });
    fc.assert(
      fc.property(word, text => {
        const form = queryFormOf(text);
        assert.equal(form, normalizeForSearch(text).text);
        assert.equal(queryFormOf(text.normalize('NFD')), form);
        assert.equal(queryFormOf(form), form);
      }),
    );
  });
});

describe('composed', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['ㅎㅗㅣㅇㅡㅣ', '회의'],
    ['ㅎㅚㅇㅢ', '회의'],
    ['ㅎㅚㅇㅢㄹㅗㄱ', '회의록'],
    ['ㄱㅏㅂㅅ', '값'],
    ['ㄷㅏㄺㅇㅣ', '닭이'],
    ['회ㅇㅡㅣ', '회의'],
    ['회의ㄹㅗㄱ', '회의록'],
    ['ㅇㅖㅅㅏㄴ', '예산'],
    ['ㄱㄱㅗㅊ', null],
    ['ㄲㅗㅊ', '꽃'],
    ['ㅎㅇㄹ', null],
    ['ㅏㅕㅠㄷ', null],
    ['ㅋㅋㅋ', null],
    ['ㅠㅠ', null],
    ['회의', null],
    ['회ㅇ', null],
    ['kube', null],
    ['ㅎㅗ2', null],
    ['', null],
    ['ㅣ', null],
    ['아ㅏ', null],
  ];
  for (const [word, wanted] of cases)
    it(`${word || '""'} -> ${wanted}`, () => {
      assert.equal(composed(word), wanted);
    });
});
