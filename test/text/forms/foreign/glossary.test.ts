import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Glossary, parseGlossary } from '../../../../src/text/forms/foreign/glossary.ts';

describe('a glossary', () => {
  const cases: readonly (readonly [text: string, groups: readonly string[], problems: readonly string[]])[] =
    [
      ['쿠버네티스, kubernetes, k8s', ['쿠버네티스|kubernetes|k8s'], []],
      ['쿠버네티스,Kubernetes', ['쿠버네티스|kubernetes'], []],
      ['  연차 ,  연차휴가  ', ['연차|연차휴가'], []],
      ['# 우리 팀', [], []],
      ['', [], []],
      ['\n\n', [], []],
      ['말모이, malmoi\n가상머신, VM', ['말모이|malmoi', '가상머신|vm'], []],
      ['말모이, malmoi\r\n가상머신, VM\r\n', ['말모이|malmoi', '가상머신|vm'], []],
      ['말모이, malmoi\r가상머신, VM', ['말모이|malmoi', '가상머신|vm'], []],
      ['\ufeff말모이, malmoi', ['말모이|malmoi'], []],
      ['말모이， malmoi', ['말모이|malmoi'], []],
      ['말모이、malmoi', ['말모이|malmoi'], []],
      ['말모이'.normalize('NFD') + ', ＭＡＬＭＯＩ', ['말모이|malmoi'], []],
      ['구글  클라우드, GCP', ['구글 클라우드|gcp'], []],
      ['쿠버네티스', [], ['1 single']],
      ['연차,', [], ['1 empty', '1 single']],
      ['가, , 나', ['가|나'], ['1 empty']],
      ['가, 나, 가', ['가|나'], ['1 repeated']],
      ['K8s, k8s', [], ['1 repeated', '1 single']],
      [`가, ${'나'.repeat(61)}`, [], ['1 long', '1 single']],
      [
        Array.from({ length: 22 }, (_, i) => `말${i}`).join(','),
        [Array.from({ length: 20 }, (_, i) => `말${i}`).join('|')],
        ['1 many', '1 many'],
      ],
      ['# 시작\n\n가, 나\n다\n라, 마', ['가|나', '라|마'], ['4 single']],
      ['<b>, **', ['<b>|**'], []],
    ];
  for (const [text, groups, problems] of cases)
    it(JSON.stringify(text.slice(0, 40)), () => {
      const parsed = parseGlossary(text);
      assert.deepEqual(
        parsed.groups.map(group => group.join('|')),
        groups,
      );
      assert.deepEqual(
        parsed.problems.map(({ line, kind }) => `${line} ${kind}`),
        problems,
      );
    });

  it('knows the others of each term, of all its groups', () => {
    const glossary = new Glossary([
      ['쿠버네티스', 'kubernetes', 'k8s'],
      ['쿠버네티스', '오케스트레이터'],
    ]);
    assert.deepEqual(glossary.othersOf('Kubernetes'), ['쿠버네티스', 'k8s']);
    assert.deepEqual(glossary.othersOf('쿠버네티스'), ['kubernetes', 'k8s', '오케스트레이터']);
    assert.deepEqual(glossary.othersOf('도커'), []);
  });
  it('is the same in both directions', () => {
    const term = fc.string({ unit: fc.constantFrom(...'가나다ab '), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.array(term, { maxLength: 5 })), groups => {
        const glossary = new Glossary(groups);
        for (const each of groups.flat())
          for (const other of glossary.othersOf(each)) {
            const back = glossary.othersOf(other);
            assert.ok(back.some(one => glossary.othersOf(one).includes(other)) && !back.includes(other));
          }
      }),
    );
  });
  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        for (const group of parseGlossary(text).groups) assert.ok(group.length > 1);
      }),
    );
  });
});
