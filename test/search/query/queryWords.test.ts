import assert from 'node:assert/strict';
import { normalizeForSearch } from '../../../src/text/normalize.ts';
import { queryWordsOf } from '../../../src/search/query/queryWords.ts';

describe('queryWordsOf', () => {
  for (const [text, ...words] of [
    ['16 GB 메모리', '16 GB', '메모리'],
    ['3월 15일에 한 회의', '3월 15일', '한', '회의'],
    ['2024년 3월 15일', '2024년 3월 15일'],
    ['월세 500만 원', '월세', '500만 원'],
    ['010 1234 5678', '010 1234 5678'],
    ['회의록을 찾기', '회의록', '찾기'],
    ['Wi-Fi 6E', 'Wi-Fi', '6E'],
    ['C++ 예산', 'C++', '예산'],
    [''],
  ] as const)
    it(text, () =>
      assert.deepEqual(
        queryWordsOf(text, normalizeForSearch(text)).map(word => word.text),
        words,
      ),
    );

  it('gives each word its place, with its particle', () => {
    const text = '3월 15일에 한';
    assert.deepEqual(
      queryWordsOf(text, normalizeForSearch(text)).map(({ range: { start, end } }) => text.slice(start, end)),
      ['3월 15일에', '한'],
    );
  });
});
