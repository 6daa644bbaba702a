import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HangulWords } from '../../../../src/text/forms/korean/hangulWords.ts';
import { initialsPatternOf, matchInitials } from '../../../../src/text/forms/korean/initials.ts';
import { syllableOf } from '../../../../src/text/jamo.ts';

describe('초성', () => {
  const cases: readonly (readonly [typed: string, word: string, wanted: 'whole' | 'prefix' | null])[] = [
    ['ㅎㅇㄹ', '회의록', 'whole'],
    ['ㅎㅇ', '회의', 'whole'],
    ['ㅎㅇ', '회의록', 'prefix'],
    ['ㅎ의록', '회의록', 'whole'],
    ['회ㅇㄹ', '회의록', 'whole'],
    ['회의ㄹ', '회의록', 'whole'],
    ['회ㅇ', '회의록', 'prefix'],
    ['ㅎㅇㄹ', '회의', null],
    ['ㅎㅇㄹ', '하얀색', null],
    ['ㄱㅅ', '검색', 'whole'],
    ['ㄳ', '검색', 'whole'],
    ['ㄳㄱ', '검색기', 'whole'],
    ['ㅄㄱ', '방송국', 'whole'],
    ['ㅀㅅ', '리허설', 'whole'],
    ['ㄲㅁ', '꾸밈', 'whole'],
    ['ㄲㅁ', '가뭄', null],
    ['ㄱㅁ', '꾸밈', null],
    ['ㅇㅅㅇ', '예산안', 'whole'],
    ['ㅇㅅ', '예산', 'whole'],
    ['ㄷㅇㅌ', '데이터센터', 'prefix'],
    ['데이ㅌ', '데이터', 'whole'],
    ['ㅋㅂㄴㅌㅅ', '쿠버네티스', 'whole'],
    ['ㅋㅂ', 'kube', null],
    ['ㅂㄱㅅ', '보고서를', 'prefix'],
    ['ㅂ고ㅅ', '보고서', 'whole'],
    ['ㅂ고ㅅ', '보구서', null],
  ];
  for (const [typed, word, wanted] of cases)
    it(`${typed} ${wanted === null ? 'is not' : `is (${wanted})`} ${word}`, () => {
      assert.equal(matchInitials(initialsPatternOf(typed)!, word), wanted);
    });

  for (const word of ['회의록', 'ㅎ', 'kube', 'ㅏㅕㅠㄷ', 'ㅎㅏ', '회', '', 'ㅎ2', 'ㅎ록a', 'ㅠㅠ'])
    it(`${word || '""'} is no pattern`, () => {
      assert.equal(initialsPatternOf(word), null);
    });

  const word = fc.string({
    unit: fc.integer({ min: 0xac00, max: 0xd7a3 }).map(unit => String.fromCharCode(unit)),
  });
  it('means every word whose syllables are reduced to consonants, in any mixture', () => {
    fc.assert(
      fc.property(
        word.filter(text => text.length > 1),
        fc.infiniteStream(fc.boolean()),
        (text, choice) => {
          const typed = [...text].map((letter, i) =>
            i === 0 || choice.next().value ? syllableOf(letter)!.initial : letter,
          );
          assert.equal(matchInitials(initialsPatternOf(typed.join(''))!, text), 'whole');
        },
      ),
    );
  });
  it('finds in a list what it means one by one', () => {
    const words = ['회의록', '회의', '하얀', '해외로', '한글', '회의록을', '의록', 'kube'];
    const found = new HangulWords(words).matching(initialsPatternOf('ㅎㅇㄹ')!);
    assert.deepEqual(found, { whole: ['회의록', '해외로'], prefix: ['회의록을'] });
    assert.deepEqual(new HangulWords(words).matching(initialsPatternOf('회ㅇ')!).whole, ['회의']);
  });
});
