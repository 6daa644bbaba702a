import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editDistance } from '../../../src/text/forms/typing/editDistance.ts';
import { hangulOf, keystrokesOf } from '../../../src/text/forms/typing/keystrokes.ts';
import { SpellingIndex } from '../../../src/text/forms/typing/spellingIndex.ts';

/** The same distance from its definition, by recursion. */
function plainDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  const costs = [plainDistance(x, b) + 1, plainDistance(a, y) + 1, plainDistance(x, y) + same];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    costs.push(plainDistance(a.slice(0, -2), b.slice(0, -2)) + 1);
  return Math.min(...costs);
}

describe('editDistance', () => {
  it('is the least number of insertions, deletions, substitutions and exchanges, up to the limit', () => {
    const keys = fc.string({ unit: fc.constantFrom(...'abc'), maxLength: 6 });
    fc.assert(
      fc.property(keys, keys, fc.nat(3), (a, b, limit) => {
        assert.equal(editDistance(a, b, limit), Math.min(limit + 1, plainDistance(a, b)));
      }),
    );
  });
});

describe('words near to a mistyped one', () => {
  const words = [
    '회의', '회의록', '예산', '데이터', '보고서', '계약서', '쿠버네티스', '프로젝트', '마이그레이션', '관리자', '검토',
    '휴가', '신청서', '결재', '클라우드', '메시지', '애플리케이션', 'kubernetes', 'docker', 'server', 'kube', 'api',
  ]; // prettier-ignore
  const index = new SpellingIndex(words);
  const cases: readonly (readonly [typed: string, wanted: string | null])[] = [
    ['회으', '회의'],
    ['회이', '회의'],
    ['회위록', '회의록'],
    ['호의록', '회의록'],
    ['회의롣', '회의록'],
    ['예싼', '예산'],
    ['데이타', '데이터'],
    ['데이트', '데이터'],
    ['보거서', '보고서'],
    ['보소거', null],
    ['계약사', '계약서'],
    ['게약서', '계약서'],
    ['쿠버네티즈', '쿠버네티스'],
    ['쿠베네티스', '쿠버네티스'],
    ['쿠베네티즈', '쿠버네티스'],
    ['프로젝특', '프로젝트'],
    ['프로잭트', '프로젝트'],
    ['마이그래이션', '마이그레이션'],
    ['관리지', '관리자'],
    ['결제', '결재'],
    ['겸토', '검토'],
    ['클라우두', '클라우드'],
    ['kubernetse', 'kubernetes'],
    ['kuberntes', 'kubernetes'],
    ['dokcer', 'docker'],
    ['sevrer', 'server'],
    // In the vocabulary, too short, too far, or of another script.
    ['회의', null],
    ['kube', null],
    ['apu', null],
    ['지속성', null],
    ['예산서를', null],
    ['회', null],
    ['ㅎㅇ', null],
    ['의회', null],
    ['자동차', null],
    ['도커', null],
    ['ghldml', null],
    ['회의rok', null],
  ];
  for (const [typed, wanted] of cases)
    it(`${typed} ${wanted === null ? 'is near to none' : `is near to ${wanted}`}`, () => {
      const near = index.near(typed);
      if (wanted === null) assert.deepEqual(near, []);
      else assert.equal(near[0]?.word, wanted);
    });

  it('are all that the distance allows', () => {
    const key = fc.constantFrom(...'qwertyuiopasdfghjklzxcvbnm');
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), key, fc.nat(3), (word, place, other, kind) => {
        const keys = keystrokesOf(word);
        const at = 1 + (place % (keys.length - 1));
        const wrong = [
          keys.slice(0, at) + keys.slice(at + 1),
          keys.slice(0, at) + other + keys.slice(at),
          keys.slice(0, at) + other + keys.slice(at + 1),
          keys.slice(0, at - 1) + (keys[at] ?? '') + keys[at - 1]! + keys.slice(at + 1),
        ][kind]!;
        const typed = /^[가-힣]+$/.test(word) ? hangulOf(wrong) : wrong;
        if (words.includes(typed) || !/^(?:[가-힣]+|[a-z]+)$/.test(typed)) return;
        if (wrong.length < 4 || (wrong.length <= 6 && wrong[0] !== keys[0])) return;
        const found = index.near(typed).find(near => near.word === word);
        assert.equal(found?.distance, 1);
      }),
      { numRuns: 500 },
    );
  });
});
