import assert from 'node:assert/strict';
import { standsIn } from '../../../src/search/query/literal.ts';
import { prepareQuery, shownTerms, withVector } from '../../../src/search/query/encodedQuery.ts';
import { vectorOf } from '../../fakes/records.ts';

describe('prepareQuery', () => {
  it('names words without particles and gives every term its word', () => {
    const query = prepareQuery('연차는 며칠 전에');
    assert.deepEqual(
      query.words.map(word => word.text),
      ['연차', '며칠', '전에'],
    );
    const words = Object.fromEntries(query.lexical.map(term => [term.text, term.word]));
    assert.deepEqual([words['연차'], words['며칠'], words['전에']], [0, 1, 2]);
  });
  it('counts bigrams across words and in endings less', () => {
    const weights = Object.fromEntries(
      prepareQuery('연차는 신청하나요').lexical.map(term => [term.text, term.weight]),
    );
    assert.equal(weights['연차'], 1);
    assert.ok(weights['차는']! < 1 && weights['는신']! < 1 && weights['하나']! < 1);
  });
  it('counts bigrams of verb endings less, wherever they stand', () => {
    const weights = Object.fromEntries(
      prepareQuery('말해야 할 일').lexical.map(term => [term.text, term.weight]),
    );
    assert.ok(weights['해야']! < weights['말해']!);
  });
  it('looks for longer words from a lone syllable', () => {
    assert.deepEqual(
      prepareQuery('돈').lexical.map(({ text, prefix }) => [text, prefix]),
      [['돈', true]],
    );
  });
  it('has a word even where there are no letters', () => assert.equal(prepareQuery('🙂 !!').words.length, 1));
});

describe('withVector', () => {
  it('tells what stands in the query from what the model added', () => {
    const vector = vectorOf({ 0: 2, 1: 1 }, { 0: 0, 1: 1 });
    const query = withVector(prepareQuery('연차 언제 쓰나'), vector, ['연차', '휴가']);
    assert.deepEqual(shownTerms(query), [
      { id: 's:0', token: '연차', written: '연차', weight: 2, word: 0, expansion: false },
      { id: 's:1', token: '휴가', written: '휴가', weight: 1, word: 1, expansion: true },
    ]);
  });
});

describe('standsIn', () => {
  for (const [name, text, surface, wanted] of [
    ['연차', '연차는 며칠', '연차는', true],
    ['받다', '결재를 받아야 한다', '받아야', true],
    ['느리다', '빠르게', '빠르게', false],
    ['use', 'because', 'because', false],
    ['use', 'use를 쓴다', 'use를', true],
    ['c++', 'c++ 코드', 'c++', true],
    ['e-mail', 'e-mail로 보낸다', 'e-mail로', true],
    ['차', '연차를', '연차를', true],
    ['차', '기차 여행', '여행', false],
  ] as const)
    it(`${name} in ${text}: ${wanted}`, () => assert.equal(standsIn(name, text, surface), wanted));
});
