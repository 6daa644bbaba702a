import assert from 'node:assert/strict';
import { missingWords, recallAcrossBorders, recallOf } from './readers/wordRecall.ts';

describe('word recall', () => {
  it('is the share of the reference’s words, each as often as it stands there', () => {
    assert.equal(recallOf('가 나', '가 가 나 다'), 0.5);
    assert.equal(recallOf('Straße, ABC-1', 'abc straße 1'), 1);
    assert.equal(recallOf('글', ' … '), null);
  });

  it('takes decomposed syllables for composed ones, and ligatures for their letters', () => {
    assert.equal(recallOf('office', 'o\ufb03ce'), 1);
    assert.equal(recallOf('한글', '한글'.normalize('NFD')), 1);
  });

  it('finds words across borders, torn in the one or the other, and no more often than they stand there', () => {
    assert.equal(recallAcrossBorders('굵은글자', '굵은 글자'), 1);
    assert.equal(recallAcrossBorders('하나 둘', '하나둘'), 1);
    assert.equal(recallAcrossBorders('굵은글자', '굵은 글자 굵은 글자'), 0.5);
    assert.equal(recallAcrossBorders('굵은', '굵은 글자'), 0.5);
  });

  it('names what is missing, most frequent first', () => {
    assert.deepEqual(missingWords('가', '가 나 다 다', 5), ['다 ×2', '나']);
  });
});
