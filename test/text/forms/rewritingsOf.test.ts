import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Glossary } from '../../../src/text/forms/foreign/glossary.ts';
import { lexiconOf } from '../../../src/text/forms/lexicon.ts';
import type { RewritingKind } from '../../../src/text/forms/rewriting.ts';
import { rewritingsOf } from '../../../src/text/forms/rewritingsOf.ts';
import { WordCounts } from '../../../src/text/forms/vocabulary.ts';

const texts = [
  '회의록을 공유합니다. 회의에서 예산을 정했다.',
  '회의 내용을 검토했습니다. 檢討 의견은 없음.',
  '예산 보고서와 데이터 센터 계약서',
  'Kubernetes에 콘텐츠 서버를 배포한다. kube 설정',
  '점심을 먹었습니다. 다 같이 먹는 시간',
  '친구를 도와 숙제를 도왔다. 바다에 갔다. 바다는 넓다',
  '음악을 들었다. 듣고 또 들었다',
  '문서를 만들었다. 만든 사람',
  '女子 배구와 여자 축구, 노동 시간',
  '구글 클라우드 메시지 애플리케이션 커피를 마셨다',
];
const vocabulary = WordCounts.ofTexts(texts);
const lexicon = lexiconOf(
  vocabulary,
  new Glossary([['점심', '중식', '런치']]),
  new Glossary([
    ['쿠버네티스', 'kubernetes'],
    ['구글 클라우드', 'google cloud'],
    ['구글', 'google'],
  ]),
);

describe('rewritingsOf', () => {
  const cases: readonly (readonly [word: string, kind: RewritingKind, to: string])[] = [
    ['ㅎㅇㄹ', 'initials', '회의록'],
    ['ㅎ의록', 'initials', '회의록'],
    ['회ㅇㄹ', 'initials', '회의록'],
    ['회으', 'typo', '회의'],
    ['ghldml', 'layout', '회의'],
    ['ghldmlfhr', 'layout', '회의록'],
    ['dPtks', 'layout', '예산'],
    ['GHLDML', 'layout', '회의'],
    ['Tjqj', 'layout', '서버'],
    ['ghldmlfmf', 'layout', '회의'],
    ['gdf', 'layout', '회의록'],
    ['ㅏㅕㅠㄷ', 'layout', 'kube'],
    ['檢討', 'hanja', '검토'],
    ['女子', 'hanja', '여자'],
    ['여자', 'hanja', '女子'],
    ['검토', 'hanja', '檢討'],
    ['검토를', 'hanja', '檢討'],
    ['勞動', 'hanja', '노동'],
    ['컨텐츠', 'loanword', '콘텐츠'],
    ['메세지', 'loanword', '메시지'],
    ['어플리케이션', 'loanword', '애플리케이션'],
    ['데이타', 'loanword', '데이터'],
    ['데이타센터', 'loanword', '데이터센터'],
    ['쿠버네티스', 'glossary', 'kubernetes'],
    ['쿠버네티스를', 'glossary', 'kubernetes'],
    ['google', 'glossary', '구글'],
    ['중식', 'glossary', '점심'],
    ['회위록', 'typo', '회의록'],
    ['보거서', 'typo', '보고서'],
    ['kubernetse', 'typo', 'kubernetes'],
    ['kubernete', 'part', 'kubernetes'],
    ['먹다', 'inflection', '먹는'],
    ['먹어', 'inflection', '먹는'],
    ['돕다', 'inflection', '도와'],
    ['듣다', 'inflection', '들었'],
    ['만들다', 'inflection', '만든'],
    ['검토하다', 'inflection', '검토했'],
    ['마시다', 'inflection', '마셨다'],
    ['ㅎㅗㅣㅇㅡㅣ', 'composition', '회의'],
    ['회의'.normalize('NFD') + 'ㄹㅗㄱ', 'composition', '회의록'],
  ];
  const present = lexiconOf(WordCounts.ofTexts([...texts, '데이터센터']), lexicon.glossary, lexicon.learnt);
  for (const [word, kind, to] of cases)
    it(`${word} -> ${to} (${kind})`, () => {
      const found = rewritingsOf(word, present);
      const rewriting = found.find(
        each => each.kind === kind && (each.to === to || each.searched.includes(to)),
      );
      assert.ok(rewriting !== undefined, JSON.stringify(found));
      assert.equal(rewriting.from, word);
    });

  for (const word of [
    '회의',
    '회의록',
    '회의록을',
    '예산',
    'kube',
    '바다',
    '바다는',
    '보고서',
    '서버',
    '자전거',
    '2026',
    'a',
    '',
    '판다',
    '가지',
    '없는말',
    'xyz',
    'ㅎ',
    '!!',
    '숙제',
    '시간',
  ])
    // prettier-ignore
    it(`${word || '""'} stays as it is`, () => {
      const found = rewritingsOf(word, lexicon).filter(({ kind }) => kind !== 'glossary');
      assert.deepEqual(found, []);
    });

  it('continues an unfinished word only while it is typed', () => {
    assert.equal(rewritingsOf('회으', lexicon, { typing: true })[0]?.kind, 'halfTyped');
    assert.ok(rewritingsOf('데잍', lexicon, { typing: true }).some(({ to }) => to === '데이터'));
    assert.deepEqual(
      rewritingsOf('데잍', lexicon).filter(({ kind }) => kind === 'halfTyped'),
      [],
    );
    assert.equal(rewritingsOf('ghldm', lexicon, { typing: true })[0]?.to, '회의');
  });
  it('takes no slip for granted that something else explains', () => {
    assert.deepEqual(
      rewritingsOf('만들다', lexicon).map(({ kind }) => kind),
      ['inflection'],
    );
  });
  it('is ordered by confidence below a literal word, within the limit, each target once and in the documents', () => {
    const word = fc.oneof(
      fc.constantFrom(...vocabulary.words(), ...cases.map(([each]) => each)),
      fc.string({ unit: fc.constantFrom(...'회의록ㅎㅇㄹ예산ghldmlkube檢討먹다었'), maxLength: 6 }),
    );
    fc.assert(
      fc.property(word, fc.boolean(), fc.integer({ min: 1, max: 8 }), (text, typing, limit) => {
        const found = rewritingsOf(text, lexicon, { typing, limit });
        assert.ok(found.length <= limit);
        assert.equal(new Set(found.map(({ to }) => to)).size, found.length);
        found.forEach((each, i) => {
          assert.ok(each.confidence > 0 && each.confidence < 1 && each.searched.length > 0);
          assert.ok(i === 0 || found[i - 1]!.confidence >= each.confidence);
          for (const searched of each.searched)
            assert.ok(
              searched.split(' ').every(part => [...vocabulary.withPrefix(part)].length > 0),
              searched,
            );
        });
        if (vocabulary.has(text))
          for (const { kind } of found)
            assert.ok(['hanja', 'glossary', 'loanword', 'inflection'].includes(kind), kind);
      }),
    );
  });
});
