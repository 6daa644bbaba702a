import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canBeHalfTyped } from '../../../../src/text/forms/korean/halfTyped.ts';
import { HangulWords } from '../../../../src/text/forms/korean/hangulWords.ts';
import { hangulOf, keystrokesOf } from '../../../../src/text/forms/typing/keystrokes.ts';

describe('a half-typed word', () => {
  const words = [
    '회의', '회의록', '데이터', '데이터베이스', '보고서', '예산', '값어치', '닭고기', '안녕', '쿠버네티스', '관리',
    '검색', '연차', '권한', '왜냐하면', '계약서', '없음', '회원',
  ]; // prettier-ignore
  const cases: readonly (readonly [typed: string, wanted: readonly string[]])[] = [
    ['회으', ['회의', '회의록']],
    ['회ㅇ', ['회의', '회의록', '회원']],
    ['회읭', []],
    ['횡', ['회의', '회의록', '회원']],
    ['회의ㄹ', ['회의록']],
    ['회의로', ['회의록']],
    ['회읠', ['회의록']],
    ['데잍', ['데이터', '데이터베이스']],
    ['데이ㅌ', ['데이터', '데이터베이스']],
    ['데이텁', ['데이터베이스']],
    ['보곳', ['보고서']],
    ['보고ㅅ', ['보고서']],
    ['예사', ['예산']],
    ['예ㅅ', ['예산']],
    ['갑ㅅ', ['값어치']],
    ['달고', []],
    ['닭고', []],
    ['닭곡', ['닭고기']],
    ['쿱', ['쿠버네티스']],
    ['쿠버넽', ['쿠버네티스']],
    ['괄', []],
    ['관ㄹ', ['관리']],
    ['권하', ['권한']],
    ['왜냐함', ['왜냐하면']],
    ['계약', []],
    ['회의', []],
    ['회워', ['회원']],
  ];
  const index = new HangulWords(words);
  for (const [typed, wanted] of cases)
    it(`${typed} may become ${wanted.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(index.continuing(typed).sort(), [...wanted].sort());
    });

  for (const [typed, wanted] of [
    ['회으', true],
    ['회ㅇ', true],
    ['데잍', true],
    ['회', false],
    ['ㅎㅇ', false],
    ['ㅎ의', false],
    ['하ㄴ', false],
    ['kube', false],
    ['회ㅣ', false],
    ['', false],
  ] as const)
    it(`${typed || '""'} ${wanted ? 'can' : 'cannot'} be one`, () => {
      assert.equal(canBeHalfTyped(typed), wanted);
    });

  it('leads to its word at every keystroke that does not spell its beginning', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), (word, at) => {
        const keys = keystrokesOf(word);
        const typed = hangulOf(keys.slice(0, 1 + (at % keys.length)));
        assert.ok(word.startsWith(typed) || index.continuing(typed).includes(word));
      }),
    );
  });
});
