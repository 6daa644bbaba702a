import assert from 'node:assert/strict';
import { withParticles } from '../../src/wording/particles.ts';

describe('withParticles', () => {
  for (const [sentence, wanted] of [
    ['‘연차’을(를) 찾음', '‘연차’를 찾음'],
    ['‘신청’을(를) 찾음', '‘신청’을 찾음'],
    ['‘회의’(으)로도 찾음', '‘회의’로도 찾음'],
    ['‘신청’(으)로도 찾음', '‘신청’으로도 찾음'],
    ['‘서울’(으)로도 찾음', '‘서울’로도 찾음'],
    ['“예산”와(과) 비슷한 것', '“예산”과 비슷한 것'],
    ['“회의”와(과) 비슷한 것', '“회의”와 비슷한 것'],
    ['‘제3’이(가) 있음', '‘제3’이 있음'],
    ['2이(가) 있음', '2가 있음'],
    ['10은(는) 많음', '10은 많음'],
    ['1(으)로', '1로'],
    ['3(으)로', '3으로'],
    ['‘ghldml’을(를) 다른 자판으로', '‘ghldml’을(를) 다른 자판으로'],
    ['을(를)', '을(를)'],
  ] as const)
    it(`${sentence}: ${wanted}`, () => assert.equal(withParticles(sentence), wanted));
});
