import assert from 'node:assert/strict';
import { isFar, FAR_SCORE } from '../../../src/search/ranking/farHits.ts';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import type { Scored } from '../../../src/search/ranking/boundedScores.ts';

const query = prepareQuery('새벽배송 환불');

/** A hit with the query's terms of these texts. */
function hit(score: number, ...terms: readonly string[]): Scored {
  return hitOf(query, score, ...terms);
}

function hitOf(asked: typeof query, score: number, ...terms: readonly string[]): Scored {
  const lexicalMatches = asked.lexical
    .filter(({ text }) => terms.includes(text))
    .map(term => ({ term, query: 1, passage: 1 }));
  return { score, lexicalMatches, semanticMatches: [] } as unknown as Scored;
}

describe('isFar', () => {
  it('folds away what has a little of the query', () => {
    assert.equal(isFar(hit(FAR_SCORE / 2), query), true);
    assert.equal(isFar(hit(FAR_SCORE / 2, '새벽'), query), true);
  });

  it('keeps what has enough', () => {
    assert.equal(isFar(hit(FAR_SCORE), query), false);
  });

  it('keeps what has a whole word, whatever its score', () => {
    assert.equal(isFar(hit(0.01, '환불'), query), false);
    assert.equal(isFar(hit(0.01, '새벽', '벽배', '배송'), query), false);
  });

  it('folds away what has a single character of a longer word only', () => {
    const jamo = prepareQuery('ㄷㄷㄷㄷ9');
    assert.equal(isFar(hitOf(jamo, 2 * FAR_SCORE, '9'), jamo), true);
    const version = prepareQuery('1.2.3');
    assert.equal(isFar(hitOf(version, 2 * FAR_SCORE, '2', '3'), version), false);
    const hour = prepareQuery('9시 회의');
    assert.equal(isFar(hitOf(hour, 2 * FAR_SCORE, '9', '시'), hour), false);
    assert.equal(isFar(hitOf(hour, 2 * FAR_SCORE, '회의'), hour), false);
  });
});
