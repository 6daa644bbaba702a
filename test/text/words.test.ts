import assert from 'node:assert/strict';
import { sentencesOf } from '../../src/text/sentences.ts';
import { stemOf, WordPlaces, wordsOf } from '../../src/text/words.ts';

describe('words', () => {
  it('finds surface words', () => {
    const text = '연차는 foo_bar, C++ 3일';
    assert.deepEqual(
      wordsOf(text).map(word => text.slice(word.start, word.end)),
      ['연차는', 'foo_bar', 'C++', '3일'],
    );
  });
  it('numbers words by place, also from the blank before them', () => {
    const places = new WordPlaces('가나 다라    ');
    assert.deepEqual(
      [0, 1, 2, 4, 5].map(offset => places.numberAt(offset)),
      [0, 0, 1, 1, null],
    );
    assert.deepEqual(places.word(1), { start: 3, end: 5 });
    assert.equal(places.word(2), null);
    assert.equal(new WordPlaces('가    나').numberAt(1), null);
  });
  for (const [word, stem] of [
    ['연차는', '연차'],
    ['신청하나요', '신청'],
    ['회의', '회의'],
    ['나는', '나는'],
    ['서울에서는', '서울'],
    ['useState', 'useState'],
  ] as const)
    it(`underlines ${stem} of ${word}`, () => assert.equal(stemOf(word), stem));
});

describe('sentencesOf', () => {
  it('cuts after end marks and covers everything', () => {
    const text = '첫 문장이다. “둘째인가?” 값은 3.14다! 끝';
    const spans = sentencesOf(text, 0, text.length).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(spans, ['첫 문장이다. ', '“둘째인가?” ', '값은 3.14다! ', '끝']);
    assert.equal(spans.join(''), text);
  });
});
