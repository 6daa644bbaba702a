import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editDistance } from '../../../../src/text/forms/typing/editDistance.ts';
import { keystrokesOf } from '../../../../src/text/forms/typing/keystrokes.ts';
import { LOANWORDS } from '../../../../src/text/forms/foreign/loanwordList.ts';
import { Loanwords, looksForeign } from '../../../../src/text/forms/foreign/loanwords.ts';

const loanwords = new Loanwords();
const groups = LOANWORDS.trim()
  .split(/\s+/)
  .map(group => group.split('/'));

describe('loan words', () => {
  const cases: readonly (readonly [string, string, 'list' | 'rule'])[] = [
    ['컨텐츠', '콘텐츠', 'list'],
    ['메세지', '메시지', 'list'],
    ['레포트', '리포트', 'list'],
    ['악세스', '액세스', 'list'],
    ['데이타', '데이터', 'list'],
    ['어플리케이션', '애플리케이션', 'list'],
    ['디렉토리', '디렉터리', 'list'],
    ['컨퍼런스', '콘퍼런스', 'list'],
    ['라이센스', '라이선스', 'list'],
    ['워크샵', '워크숍', 'list'],
    ['리더쉽', '리더십', 'list'],
    ['데이타베이스', '데이터베이스', 'list'],
    ['컨텐츠제작', '콘텐츠제작', 'list'],
    ['웹싸이트', '웹사이트', 'list'],
    ['메타데이타', '메타데이터', 'list'],
    ['블럭체인', '블록체인', 'list'],
    ['네비게이션', '내비게이션', 'list'],
    ['아키텍쳐', '아키텍처', 'list'],
    ['셸', '쉘', 'list'],
    ['트레이닝쎈터', '트레이닝센터', 'list'],
    ['인터프리타', '인터프리터', 'rule'],
    ['프로토타입', '프로터타입', 'rule'],
    ['플레이져', '플레이저', 'rule'],
    ['프렌드쉽', '프렌드십', 'rule'],
    ['스텝퍼', '스탭퍼', 'rule'],
    ['컨스트럭터', '콘스트럭터', 'rule'],
    ['섀도우', '섀도', 'list'],
    ['레플리카', '리플리카', 'rule'],
    ['트위터', '트위타', 'rule'],
    ['싸이렌', '사이렌', 'list'],
  ];
  for (const [word, other, by] of cases) {
    it(`${word} is also spelt ${other} (${by})`, () => {
      assert.equal(loanwords.spellingsOf(word).find(spelling => spelling.word === other)?.by, by);
    });
    it(`${other} is also spelt ${word}`, () => {
      assert.ok(loanwords.spellingsOf(other).some(spelling => spelling.word === word));
    });
  }

  for (const word of [
    '회의',
    '예산',
    '결재',
    '결제',
    '검토',
    '보고서',
    '사람',
    '바다',
    '개인',
    '샵회',
    '탑승',
    '세상',
    '사과',
    'kube',
    '',
  ])
    it(`${word || '""'} has one spelling`, () => {
      assert.deepEqual(loanwords.spellingsOf(word), []);
    });
  for (const [word, wanted] of [
    ['마이그레이션', true],
    ['쿠버네티스', true],
    ['프로젝트', true],
    ['계약서류', false],
    ['대한민국', false],
    ['회의', false],
    ['검토의견', false],
    ['담당자', false],
  ] as const)
    it(`${word} ${wanted ? 'looks' : 'does not look'} foreign`, () => {
      assert.equal(looksForeign(word), wanted);
    });
  it('are spelt another way by each other, never by themselves', () => {
    fc.assert(
      fc.property(fc.constantFrom(...groups.flat()), word => {
        const others = loanwords.spellingsOf(word);
        assert.ok(others.length > 0 && others.every(spelling => spelling.word !== word));
        for (const { word: other, by } of others)
          if (by === 'list')
            assert.ok(
              loanwords.spellingsOf(other).some(spelling => spelling.word === word),
              other,
            );
      }),
    );
  });
  it('stand once in the list, in groups that sound alike', () => {
    const all = groups.flat();
    assert.equal(new Set(all).size, all.length);
    for (const group of groups)
      for (const spelling of group) {
        assert.match(spelling, /^[가-힣]+$/);
        const near = group.some(other => {
          const [a, b] = [keystrokesOf(spelling), keystrokesOf(other)];
          return a !== b && editDistance(a, b, 20) <= Math.max(a.length, b.length) / 2;
        });
        assert.ok(near, spelling);
      }
  });
});
