import assert from 'node:assert/strict';
import { prepareQuery } from '../../src/search/preparedQuery.ts';
import { semanticShare } from '../../src/search/semanticShare.ts';

const shareOf = (text: string): number => semanticShare(prepareQuery(text).lexical);

describe('semanticShare', () => {
  it('is highest for a short question, and where there is nothing literal to look for', () => {
    assert.equal(shareOf('연차'), 0.45);
    assert.equal(shareOf('연차 신청 방법'), 0.45);
    assert.equal(semanticShare([]), 0.45);
  });

  it('falls with the length of the question, to a limit', () => {
    const question = '재택근무를 신청하려면 팀장 승인 뒤에 어느 부서로 서류를 보내야 하는지 알려 주세요';
    const [one, two, many] = [question, `${question} ${turned(question)}`, question.repeat(20)].map(shareOf);
    assert.ok(one! < 0.45 && two! < one! && many! <= two!);
    assert.equal(semanticShare([{ ...prepareQuery('연차').lexical[0]!, weight: 1_000 }]), 0.3);
  });
});

/** Other words of the same length. */
function turned(text: string): string {
  return [...text].reverse().join('');
}
