import assert from 'node:assert/strict';
import { longerWordsOf } from '../../../src/text/forms/longerWords.ts';
import { WordCounts } from '../../../src/text/forms/vocabulary.ts';

const vocabulary = WordCounts.ofTexts([
  'kubernetes',
  'kubernetes kubelet',
  'github gitlab',
  '2.10.3 2.3.10',
  '데이터베이스 hub2',
]);

function found(form: string): unknown {
  return longerWordsOf(form, vocabulary).map(({ to, searched, prefix }) => [to, searched, prefix]);
}

describe('longerWordsOf', () => {
  it('names the most frequent word of those that begin so, and looks for all', () =>
    assert.deepEqual(found('kube'), [['kubernetes', ['kube'], true]]));
  it('finds the beginning of a version', () => assert.deepEqual(found('2.10'), [['2.10.3', ['2.10'], true]]));
  it('finds words that have it inside', () =>
    assert.deepEqual(found('lab'), [['gitlab', ['gitlab'], false]]));
  it('leaves alone what documents have as it is, what is too short, and Korean', () => {
    for (const form of ['github', 'gi', '데이터', '베이스']) assert.deepEqual(found(form), []);
  });
});
