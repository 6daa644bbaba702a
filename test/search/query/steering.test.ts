/** Steering a query by its text: weights of dimensions and words, and added words; the model reads what it read before. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyzeQuery, type AnalyzedQuery } from '../../../src/search/query/analyzeQuery.ts';
import { shownTerms, type EncodedQuery } from '../../../src/search/query/encodedQuery.ts';
import { dimensionOf, writtenDimension } from '../../../src/search/query/steering.ts';
import { vectorOf } from '../../fakes/records.ts';

/** Two dimensions are called 휴가, and two differ in their case alone. */
const NAMES = ['연차', '휴가', '결재', '휴가', '일 전', 'Use', 'use', '신청', '#7'];
/** What the model makes of every query: 연차, 휴가 (the second of that name) and 신청. */
const VECTOR = vectorOf({ 0: 4, 3: 2, 7: 3 }, { 0: 0, 3: 0, 7: 1 });

function analyze(text: string): AnalyzedQuery {
  return analyzeQuery(text, { lexicon: null, now: new Date(2026, 10, 25) });
}

function encode(text: string): EncodedQuery {
  return analyze(text).withVector(VECTOR, NAMES);
}

function weights({ semantic }: EncodedQuery): Readonly<Record<number, number>> {
  return Object.fromEntries(semantic.map(({ dimension, weight }) => [dimension, weight]));
}

describe('steering', () => {
  it('sets the weight of a dimension, takes one out and adds one', () => {
    assert.deepEqual(weights(encode('연차 신청')), { 0: 4, 3: 2, 7: 3 });
    assert.deepEqual(weights(encode('연차 신청 뜻:연차^1.5')), { 0: 1.5, 3: 2, 7: 3 });
    assert.deepEqual(weights(encode('연차 신청 뜻:휴가^0')), { 0: 4, 7: 3 });
    const added = encode('연차 신청 뜻:결재^2.5');
    assert.deepEqual(weights(added), { 0: 4, 2: 2.5, 3: 2, 7: 3 });
    assert.deepEqual(
      added.words.map(({ text }) => text),
      ['연차', '신청', '결재'],
    );
    assert.equal(added.semantic.find(({ dimension }) => dimension === 2)!.word, 2);
    assert.deepEqual(added.lexical, encode('연차 신청').lexical, 'its letters are not looked for');
  });

  it('means the dimension that the query has, where several have the name, or the numbered one', () => {
    assert.deepEqual(weights(encode('연차 신청 뜻:휴가^5')), { 0: 4, 3: 5, 7: 3 });
    assert.deepEqual(weights(encode('연차 신청 뜻:휴가#1^5')), { 0: 4, 1: 5, 3: 2, 7: 3 });
  });

  it('looks for an added word in both channels, at the weight of the query’s own words', () => {
    const query = encode('연차 신청 낱말:결재^2');
    const word = query.words.findIndex(({ text }) => text === '결재');
    assert.ok(query.lexical.some(term => term.text === '결재' && term.word === word && term.weight === 2));
    assert.deepEqual(weights(query), { 0: 4, 2: 7, 3: 2, 7: 3 }, 'twice the mean of 4 and 3');
    assert.equal(query.semantic.find(({ dimension }) => dimension === 2)!.word, word);
  });

  it('turns a word off in both channels', () => {
    const query = encode('연차^0 신청');
    assert.ok(query.lexical.every(({ word }) => query.words[word]!.text !== '연차'));
    assert.deepEqual(weights(query), { 7: 3 });
  });

  for (const [text, read] of [
    ['연차 신청', '연차 신청'],
    ['연차  신청', '연차  신청'],
    ['연차  신청 뜻:휴가^0', '연차  신청'],
    ['뜻:휴가^0 연차  신청', '연차  신청'],
    ['연차 뜻:휴가^0 신청', '연차 신청'],
    ['연차^2  신청', '연차  신청'],
    ['연차^0 신청 낱말:결재^1 뜻:휴가^3', '연차 신청'],
    ['연차 신청? 뜻:휴가^3', '연차 신청?'],
    ['연차^2 -"회의"  신청 뜻:휴가^3', '연차 신청'],
    ['뜻:휴가^3 낱말:결재^1', ''],
  ] as const)
    it(`gives the model “${read}” to read of “${text}”`, () => assert.equal(analyze(text).asked, read));

  it('changes nothing where every dimension is written at its own weight', () => {
    const plain = encode('연차 신청');
    const pinned = encode(
      ['연차 신청', ...shownTerms(plain).map(({ written, weight }) => `뜻:${written}^${weight}`)].join(' '),
    );
    assert.deepEqual(pinned.lexical, plain.lexical);
    assert.deepEqual(pinned.words, plain.words);
    assert.deepEqual(pinned.semantic, plain.semantic);
  });
});

describe('the name of a dimension in a query', () => {
  it('leads back to it, whatever the names', function () {
    this.timeout(20_000);
    const name = fc.oneof(
      fc.constantFrom(
        '휴가',
        '휴가#1',
        '#0',
        '',
        ' ',
        '연차',
        'Use',
        'use',
        'ＵＳＥ',
        '"',
        'a^2',
        '일 전',
        'é',
        'e\u0301',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), names => {
        for (const dimension of names.keys()) {
          const written = writtenDimension(dimension, names);
          assert.match(written, /^[\p{L}\p{N}]*(?:#\d+)?$/u);
          assert.equal(dimensionOf(written, names), dimension);
          const parsed = analyze(`뜻:${written}^1.5`).parsed.dimensions;
          assert.deepEqual(
            parsed.map(each => [each.name.normalize('NFC'), each.weight]),
            [[written.normalize('NFC'), 1.5]],
          );
        }
      }),
    );
  });

  it('falls back to the name where another model has the number for something else', () => {
    assert.equal(dimensionOf('결재#0', NAMES), 2);
    assert.equal(dimensionOf('결재#99', NAMES), 2);
    assert.equal(dimensionOf('없는말', NAMES), null);
    assert.equal(dimensionOf('#99', NAMES), null);
  });
});
