import assert from 'node:assert/strict';
import { PAIR_KEYS, pairKey, pairOfKey, WORD_KEYS, wordKey } from '../../../src/text/forms/vocabularyKeys.ts';
import { termsOf } from '../../../src/text/terms.ts';

describe('keys of a vocabulary', () => {
  it('tell words, pairs and counted terms apart', () => {
    assert.ok(wordKey('회의록').startsWith(WORD_KEYS));
    assert.ok(pairKey({ hangul: '쿠버네티스', latin: 'kubernetes' }).startsWith(PAIR_KEYS));
    const hostile = `${wordKey('회의')} ${pairKey({ hangul: '가나', latin: 'kana' })}`;
    for (const { text } of termsOf(hostile)) assert.ok(text > PAIR_KEYS && !text.startsWith(PAIR_KEYS));
  });

  it('give a pair back', () => {
    const pair = { hangul: '구글 클라우드', latin: 'google cloud' };
    assert.deepEqual(pairOfKey(pairKey(pair)), pair);
    for (const key of [
      '',
      PAIR_KEYS,
      `${PAIR_KEYS}가나`,
      `${PAIR_KEYS}가나\t`,
      `${PAIR_KEYS}a\tb\tc`,
      '가나\tb',
    ])
      assert.equal(pairOfKey(key), null);
  });
});
