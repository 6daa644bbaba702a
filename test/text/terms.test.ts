import assert from 'node:assert/strict';
import fc from 'fast-check';
import { termsOf } from '../../src/text/terms.ts';

const texts = (source: string): string[] => termsOf(source).map(term => term.text);

describe('termsOf', () => {
  it('parts names at their capitals, also behind what is not seen', () => {
    assert.deepEqual(texts('2024\u200bName'), texts('2024Name'));
    assert.ok(texts('2024Name').includes('name'));
  });

  it('cuts Korean into bigrams, inside words and across blanks', () => {
    assert.deepEqual(texts('데이터 센터'), ['데이', '이터', '터센', '센터']);
    assert.deepEqual(texts('데이터센터'), ['데이', '이터', '터센', '센터']);
  });
  it('keeps a lone syllable', () => assert.deepEqual(texts('3일 돈'), ['3', '일', '일돈', '돈']));
  it('does not join over punctuation or a blank line', () => {
    assert.deepEqual(texts('회의, 예산'), ['회의', '예산']);
    assert.deepEqual(texts('회의\n\n예산'), ['회의', '예산']);
    assert.deepEqual(texts('회의\n예산'), ['회의', '의예', '예산']);
  });
  it('keeps Latin words, numbers and identifiers whole, and their parts', () => {
    assert.deepEqual(texts('C++ v1.2 foo_bar'), ['c++', 'c', 'v1.2', 'v1', '2', 'foo_bar', 'foo', 'bar']);
    assert.deepEqual(texts('Kubernetes를'), ['kubernetes', '를']);
  });
  it('finds the same terms in NFD', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'회의록 예산안3월a.') }), text => {
        assert.deepEqual(texts(text.normalize('NFD')), texts(text));
      }),
    );
  });
  it('gives each term its place in the source', () => {
    const source = 'ＡＢ 회의록';
    for (const term of termsOf(source).filter(({ across }) => !across))
      assert.equal(source.slice(term.start, term.end).normalize('NFKC').toLowerCase(), term.text);
  });
});
