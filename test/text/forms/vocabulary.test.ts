import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasPrefix, vocabularyWordsOf, WordCounts } from '../../../src/text/forms/vocabulary.ts';

describe('the words that a vocabulary counts', () => {
  const cases: readonly (readonly [text: string, words: readonly string[]])[] = [
    ['회의록을 정리', ['회의록', '회의록을', '정리']],
    ['회의', ['회의']],
    ['API를 부른다', ['api', 'api를', '부른다']],
    ['Kubernetes(쿠버네티스)', ['kubernetes', '쿠버네티스']],
    ['회의'.normalize('NFD'), ['회의']],
    ['ＡＰＩ', ['api']],
    ['홈으로 회에는', ['홈으로', '회에는']],
    ['돈 나', []],
    ['檢討', ['檢討']],
    ['snake_case', ['snake_case', 'snake', 'case']],
    ['가'.repeat(31), []],
    ['', []],
    ['... !', []],
  ];
  for (const [text, words] of cases)
    it(`${text.slice(0, 20) || '""'}: ${words.join(', ') || 'none'}`, () => {
      assert.deepEqual([...vocabularyWordsOf(text)].sort(), [...words].sort());
    });
  it('are counted once a text', () => {
    const counts = WordCounts.ofTexts(['회의 회의', '회의록', '회의를']);
    assert.equal(counts.frequency('회의'), 2);
    assert.equal(counts.frequency('예산'), 0);
  });
  it('are found by their beginnings', () => {
    const word = fc.string({ unit: fc.constantFrom(...'가나a'), maxLength: 4 });
    fc.assert(
      fc.property(fc.uniqueArray(word), word, (words, prefix) => {
        const counts = new WordCounts(new Map(words.map(each => [each, 1])));
        const wanted = words.filter(each => each.startsWith(prefix)).sort();
        assert.deepEqual([...counts.withPrefix(prefix)], wanted);
        assert.equal(hasPrefix(counts, prefix), wanted.length > 0);
        assert.deepEqual([...counts.words()], [...words].sort());
      }),
    );
  });
  it('are put in the same order in steps', () => {
    const word = fc.string({ unit: fc.constantFrom(...'가나다라마바사a-'), maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2_000, maxLength: 3_000 }), words => {
        const steps = WordCounts.inSteps(new Map(words.map((each, i) => [each, i])));
        let step = steps.next();
        while (step.done !== true) step = steps.next();
        assert.deepEqual([...step.value.words()], [...words].sort());
        assert.equal(step.value.frequency(words[7]!), 7);
      }),
      { numRuns: 5 },
    );
  });
});
