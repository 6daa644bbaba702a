import assert from 'node:assert/strict';
import { Transcriptions } from '../../../../src/text/forms/foreign/transcriptions.ts';

const LATIN =
  'terraform kubernetes figma docker redis kafka svelte django flask prometheus grafana notion spark platform ' +
  'locate elected ready tariff transform report repeat server surface reserve';
const HANGUL = '테라폼 쿠버네티스 도커 카프카 프로메테우스 그라파나 회의록 냉장고';

describe('transcriptions', () => {
  const words = new Transcriptions([...LATIN.split(' '), ...HANGUL.split(' ')]);

  for (const [hangul, latin] of [
    ['테라폼', 'terraform'],
    ['쿠버네티스', 'kubernetes'],
    ['피그마', 'figma'],
    ['레디스', 'redis'],
    ['스벨트', 'svelte'],
    ['플라스크', 'flask'],
    ['플랫폼', 'platform'],
  ] as const)
    it(`${hangul} is ${latin}`, () => assert.deepEqual(words.of(hangul), [latin]));

  for (const [latin, hangul] of [
    ['terraform', '테라폼'],
    ['kafka', '카프카'],
    ['grafana', '그라파나'],
  ] as const)
    it(`${latin} is ${hangul}`, () => assert.deepEqual(words.of(latin), [hangul]));

  it('knows what no loan word is spelt like', () => {
    assert.deepEqual(new Transcriptions(['call']).of('갉뢃'), []);
    assert.deepEqual(new Transcriptions(['call']).of('콜'), []);
  });

  it('leaves Korean words alone', () => {
    for (const word of ['회의', '예산', '냉장고', '보고서', '신청', '며칠'])
      assert.deepEqual(words.of(word), [], word);
  });
});
