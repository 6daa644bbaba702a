import assert from 'node:assert/strict';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import { withRewritings, type RewrittenTerm } from '../../../src/search/query/rewriting.ts';
import { lexiconOf } from '../../../src/text/forms/lexicon.ts';
import { WordCounts } from '../../../src/text/forms/vocabulary.ts';

const SETTINGS = { typing: false, without: [], literally: [] } as const;

function formsOf(query: string, ...texts: readonly string[]): readonly RewrittenTerm[] {
  return withRewritings(prepareQuery(query), lexiconOf(WordCounts.ofTexts(texts)), SETTINGS).rewritten;
}

function named(query: string, ...texts: readonly string[]): string[] {
  // Latin words are also looked for with signs between them.
  const others = formsOf(query, ...texts).filter(({ rewriting }) => rewriting.kind !== 'joined');
  return others.map(({ rewriting: { from, to } }) => `${from}: ${to}`);
}

describe('withRewritings', () => {
  it('knows expressions of several words', () => {
    assert.deepEqual(named('지속적 통합 도구', 'CI를 붙였다'), ['지속적 통합: ci']);
    assert.deepEqual(named('machine learning', '기계학습을 배운다'), ['machine learning: 기계학습']);
  });

  it('knows abbreviations by the names of their letters', () => {
    assert.deepEqual(named('큐에이', 'QA 일정'), ['큐에이: qa']);
    assert.deepEqual(named('디비', 'DB 백업'), ['디비: db']);
  });

  it('takes an expression that is quoted as it is', () => {
    const lexicon = lexiconOf(WordCounts.ofTexts(['CI를 붙였다']));
    const literally = [{ start: 0, end: 3 }];
    const { rewritten } = withRewritings(prepareQuery('지속적 통합'), lexicon, { ...SETTINGS, literally });
    assert.deepEqual(rewritten, []);
  });

  it('counts the only name that the documents have for a word nearly like the word', () => {
    const [only] = formsOf('치과', 'Dentist on Friday');
    const [other] = formsOf('치과', 'Dentist on Friday', '치과에 갔다');
    assert.ok(only!.weight > 1.5 * other!.weight);
  });

  it('takes no longer word for a short one of the list', () => {
    assert.deepEqual(named('자동차', 'a new car'), ['자동차: car']);
    assert.deepEqual(named('mountain', '산업 통계'), []);
    assert.deepEqual(named('자동차', 'my career'), []);
  });

  it('knows a verb by its form with 서', () => {
    assert.deepEqual(named('빌렸다', '만화책을 빌려서 읽었다'), ['빌렸다: 빌려서']);
  });
});
