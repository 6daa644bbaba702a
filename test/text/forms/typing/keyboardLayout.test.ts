import assert from 'node:assert/strict';
import fc from 'fast-check';
import { swapLayout } from '../../../../src/text/forms/typing/keyboardLayout.ts';
import { keystrokesOf } from '../../../../src/text/forms/typing/keystrokes.ts';

describe('swapLayout', () => {
  const mistaken: readonly (readonly [string, string])[] = [
    ['ghldml', '회의'],
    ['rhksfl', '관리'],
    ['tjqj', '서버'],
    ['Rhk', '꽈'],
    ['dPtks', '예산'],
    ['qhrhtj', '보고서'],
    ['dkssud', '안녕'],
    ['epdlxj', '데이터'],
    ['gksrmf', '한글'],
    ['rPdir', '계약'],
    ['vmfhwprxm', '프로젝트'],
    ['wkfy', '자료'],
    ['dmlalfmf', '의미를'],
    ['GHLDML', '회의'],
    ['ㅏㅕㅠㄷ', 'kube'],
    ['ㅏㅕㅠㄷ구ㄷㅅㄷㄴ', 'kubernetes'],
    ['애찯ㄱ', 'docker'],
    ['ㅎㅑㅅ', 'git'],
    ['햣', 'git'],
    ['ㅗ디ㅣㅐ', 'hello'],
    ['ㅔ갸ㅜㅅ', 'print'],
    ['ㅁㅔㅑ', 'api'],
  ];
  for (const [word, wanted] of mistaken)
    it(`${word} was meant as ${wanted}`, () => {
      const swap = swapLayout(word);
      assert.equal(swap?.to, wanted);
      assert.ok(swap.plausibility > 0.5, String(swap.plausibility));
    });

  // Words as they should be: on the other layout they are no syllables at all, or less plausible.
  for (const word of [
    'kubernetes',
    'server',
    'docker',
    'react',
    'test',
    'data',
    'search',
    'dog',
    'git',
    'python',
    'note',
    'the',
    'work',
    '회의',
    '예산',
    '서버',
    '관리',
    '값',
    '데이터',
    '안녕',
    'ㅎㅇㄹ',
    'ㅋㅋ',
    'k8s',
    '3분기',
    'café',
    'a',
    '가',
    '',
  ])
    // prettier-ignore
    it(`${word || '""'} stands as it is`, () => {
      assert.ok((swapLayout(word)?.plausibility ?? 0) <= 0.5, JSON.stringify(swapLayout(word)));
    });

  it('reads every Hangul word from its keys', () => {
    const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map(unit => String.fromCharCode(unit));
    fc.assert(
      fc.property(fc.string({ unit: syllable, minLength: 2 }), word => {
        assert.equal(swapLayout(keystrokesOf(word))?.to, word);
      }),
    );
  });
});
