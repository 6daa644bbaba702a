import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hangulOf, keystrokesOf } from '../../../../src/text/forms/typing/keystrokes.ts';
import { syllableFrom, syllableOf, withFinal } from '../../../../src/text/jamo.ts';

/** A syllable U+AC00-D7A3. */
const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map(unit => String.fromCharCode(unit));

describe('keystrokes', () => {
  const cases: readonly (readonly [keys: string, text: string])[] = [
    ['ghldml', '회의'],
    ['ghldmlfhr', '회의록'],
    ['Rhk', '꽈'],
    ['dkssudgktpdy', '안녕하세요'],
    ['rkqtdl', '값이'],
    ['rkqt', '값'],
    ['ekfrrhrl', '닭고기'],
    ['dPtks', '예산'],
    ['djqtek', '없다'],
    ['dlfrek', '읽다'],
    ['dlfrdjTtmqslek', '읽었습니다'],
    ['gksrmf', '한글'],
    ['Ekrgl', '딱히'],
    ['QkQkdy', '빠빠요'],
    ['wjfaek', '젊다'],
    ['dhkswjs', '완전'],
    ['dnptmxm', '웨스트'],
    ['dmltk', '의사'],
    ['rnjs', '권'],
    ['ho', 'ㅙ'],
    ['gdf', 'ㅎㅇㄹ'],
    ['3qnsrl', '3분기'],
    ['OP', 'ㅒㅖ'],
  ];
  for (const [keys, text] of cases)
    it(`${keys} types ${text}`, () => {
      assert.equal(hangulOf(keys), text);
    });
  it('types any word back from its keys', () => {
    fc.assert(
      fc.property(fc.string({ unit: syllable }), text => {
        assert.equal(hangulOf(keystrokesOf(text)), text);
      }),
    );
  });
  it('gives the same keys for what any keys type (but for Shift that changes nothing)', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'qwertyuiopasdfghjklzxcvbnmQWERTOP') }), keys => {
        assert.equal(keystrokesOf(hangulOf(keys)), keys);
      }),
    );
  });
  it('leaves what is not typed on the layout as it is', () => {
    assert.equal(keystrokesOf('3분기, 한'), '3qnsrl, gks');
    assert.equal(hangulOf('3qnsrl!'), '3분기!');
    assert.equal(hangulOf('GHLDML'), '회의');
  });
});

describe('syllables', () => {
  it('come apart and together', () => {
    fc.assert(
      fc.property(syllable, text => {
        const { initial, vowel, final } = syllableOf(text)!;
        assert.equal(syllableFrom(initial, vowel, final), text);
      }),
    );
  });
  it('take another final', () => {
    assert.equal(withFinal('가', 'ㅆ'), '갔');
    assert.equal(withFinal('만들', ''), '만드');
    assert.equal(withFinal('kube', 'ㄴ'), null);
    assert.equal(syllableFrom('ㄱ', 'ㅏ', 'ㄸ'), null);
  });
});
