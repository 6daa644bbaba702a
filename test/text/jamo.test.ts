/** Hangul syllables by Unicode's own composition (UAX #15), for every syllable there is. */
import assert from 'node:assert/strict';
import {
  FINALS,
  INITIALS,
  indicesOf,
  isHangulWord,
  isSyllable,
  syllableFrom,
  syllableOf,
  VOWELS,
  withFinal,
} from '../../src/text/jamo.ts';

const SYLLABLES = Array.from({ length: 0xd7a4 - 0xac00 }, (_, i) => String.fromCharCode(0xac00 + i));

/** Compatibility jamo have a conjoining form that NFKC gives: ㄱ (U+3131) is U+1100 as an initial. */
const decomposed = (syllable: string): string[] => Array.from(syllable.normalize('NFD'));

describe('Hangul syllables', () => {
  it('are taken apart as Unicode does it, all 11,172', () => {
    for (const syllable of SYLLABLES) {
      const [initial, vowel, final] = indicesOf(syllable.charCodeAt(0));
      const [first, second, third] = decomposed(syllable).map(each => each.charCodeAt(0));
      assert.equal(first, 0x1100 + initial, syllable);
      assert.equal(second, 0x1161 + vowel, syllable);
      assert.equal(third ?? 0x11a7, 0x11a7 + final, syllable);
    }
  });

  it('are put together again from their letters', () => {
    for (const syllable of SYLLABLES) {
      const { initial, vowel, final } = syllableOf(syllable)!;
      assert.equal(syllableFrom(initial, vowel, final), syllable);
    }
  });

  it('have letters that look the same as those of Unicode', () => {
    for (const [i, initial] of INITIALS.entries())
      assert.equal(initial.normalize('NFKC'), String.fromCharCode(0x1100 + i));
    for (const [i, vowel] of VOWELS.entries())
      assert.equal(vowel.normalize('NFKC'), String.fromCharCode(0x1161 + i));
    assert.deepEqual([INITIALS.length, VOWELS.length, FINALS.length], [19, 21, 28]);
    assert.equal(new Set(FINALS).size, 28);
  });

  it('are made of letters in their places only', () => {
    assert.equal(syllableFrom('ㄱ', 'ㅏ', 'ㄸ'), null, 'ㄸ is no final');
    assert.equal(syllableFrom('ㅏ', 'ㅏ'), null);
    assert.equal(syllableFrom('ㄳ', 'ㅏ'), null, 'ㄳ is no initial');
    assert.equal(syllableFrom('ㄱ', 'ㄴ'), null);
    assert.equal(syllableFrom('ㄱ', 'ㅏ', ''), '가');
  });

  it('end where they end', () => {
    assert.ok(isSyllable('가'.charCodeAt(0)) && isSyllable('힣'.charCodeAt(0)));
    for (const other of ['\uabff', '\ud7a4', 'ㄱ', 'ᄀ', 'a', ' ']) {
      assert.ok(!isSyllable(other.charCodeAt(0)), other);
      assert.equal(syllableOf(other), null);
    }
    assert.equal(syllableOf(undefined), null);
    assert.equal(syllableOf(''), null);
  });

  it('get another final at the end of a word', () => {
    for (const syllable of SYLLABLES.filter((_, i) => i % 97 === 0)) {
      const { final } = syllableOf(syllable)!;
      for (const other of FINALS)
        assert.equal(withFinal(withFinal(`말${syllable}`, other)!, final), `말${syllable}`);
    }
    assert.equal(withFinal('가다', 'ㄴ'), '가단');
    assert.equal(withFinal('abc', 'ㄴ'), null);
    assert.equal(withFinal('', 'ㄴ'), null);
  });

  it('alone make a Hangul word', () => {
    assert.ok(isHangulWord('말모이'));
    for (const other of ['', '말 모이', '말모이a', 'ㅁㅁㅇ', '말모이'.normalize('NFD')])
      assert.ok(!isHangulWord(other), other);
  });
});
