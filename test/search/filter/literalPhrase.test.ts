import assert from 'node:assert/strict';
import fc from 'fast-check';
import { literalPhrase } from '../../../src/search/filter/literalPhrase.ts';
import { normalizeForSearch } from '../../../src/text/normalize.ts';

describe('literalPhrase', () => {
  for (const [phrase, text, wanted] of [
    ['회의록', '주간회의록을 쓴다', true],
    ['회의록', '주간 회의 록', true],
    ['데이터센터', '데이터 센터 이전', true],
    ['데이터 센터', '데이터센터 이전', true],
    ['데이터 센터', '데이터\n센터', true],
    ['데이터 센터', '데이터\n\n센터', false],
    ['데이터 센터', '데이터, 센터', false],
    ['정확한 구', '구 정확한', false],
    ['test', 'testing', false],
    ['test', 'a test.', true],
    ['test', 'test를 돌린다', true],
    ['Test', 'TEST', true],
    ['data center', 'datacenter', false],
    ['data center', 'data  center', true],
    ['data center', 'data\ncenter', true],
    ['2026', '20260101', false],
    ['2026', '2026년', true],
    ['v1.2', 'v1.2.3', true],
    ['v1.2', 'v11.2', false],
    ['c++', 'c++ 언어', true],
    ['c', 'c++ 언어', false],
    ['a+b', 'aab', false],
    ['예산(안)', '2026 예산(안) 검토', true],
    ['예산(안)', '예산안', false],
    ['kube 설정', 'kube설정', true],
    ['돈', '돈을 쓴다', true],
    ['돈', '사돈', false],
    ['ＫＵＢＥ', 'kube', true],
    ['檢討', '檢討 결과', true],
    ['A/B 테스트', 'a/b테스트', true],
    ['[1]', '[1] 참고', true],
    ['e-mail', 'e-mail로', true],
    ['2026-01', '2026-01-31', true],
    [String.raw`a\b^c$`, String.raw`a\b^c$ 식`, true],
  ] as const)
    it(`${phrase} in ${JSON.stringify(text)}: ${wanted}`, () => {
      for (const form of ['NFC', 'NFD'] as const)
        assert.equal(
          literalPhrase(phrase.normalize(form))!.standsIn(normalizeForSearch(text.normalize(form)).text),
          wanted,
        );
    });
  it('takes any text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), text => {
        literalPhrase(text)?.standsIn(text);
      }),
      { numRuns: 5_000 },
    ));
  it('needs a letter, a digit or a sign', () => {
    for (const text of ['', '  ', '!!', '\u200b']) assert.equal(literalPhrase(text), null);
    for (const text of ['→', '🙂']) assert.ok(literalPhrase(text)!.standsIn(`가 ${text} 나`));
  });
});
