import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asInitial, Hanja, hasHanja } from '../../../../src/text/forms/korean/hanja.ts';

const hanja = new Hanja();

describe('한자', () => {
  const cases: readonly (readonly [hanja: string, reading: string])[] = [
    ['檢討', '검토'],
    ['會議錄', '회의록'],
    ['豫算', '예산'],
    ['女子', '여자'],
    ['男女', '남녀'],
    ['勞動', '노동'],
    ['過勞', '과로'],
    ['料理', '요리'],
    ['歷史', '역사'],
    ['年度', '연도'],
    ['每年', '매년'],
    ['落下', '낙하'],
    ['樂園', '낙원'],
    ['龍', '용'],
    ['李舜臣', '이순신'],
    ['比率', '비율'],
    ['確率', '확률'],
    ['規律', '규율'],
    ['陳列', '진열'],
    ['行列', '행렬'],
    ['不可', '불가'],
    ['不動産', '부동산'],
    ['不正', '부정'],
    ['六月', '유월'],
    ['十月', '시월'],
    ['許諾', '허락'],
    ['困難', '곤란'],
    ['漢字', '한자'],
    ['檢討를', '검토를'],
    ['제1條', '제1조'],
    ['登錄料', '등록료'],
    ['大韓民國', '대한민국'],
  ];
  for (const [word, reading] of cases)
    it(`${word} is read ${reading}`, () => {
      assert.equal(hanja.readingsOf(word)[0], reading);
    });

  for (const [word, reading] of [
    ['自動車', '자동차'],
    ['音樂', '음악'],
    ['率直', '솔직'],
    ['金氏', '김씨'],
    ['復活', '부활'],
    ['更新', '경신'],
    ['更新', '갱신'],
    ['新女性', '신여성'],
    ['不實', '부실'],
    ['參拾', '삼십'],
    ['住宅', '주택'],
    ['見積', '견적'],
  ] as const)
    it(`${word} may be read ${reading}`, () => {
      assert.ok(hanja.readingsOf(word).includes(reading), hanja.readingsOf(word).join(' '));
    });

  for (const word of ['회의', 'kube', '', '2026', 'データ', '𠀀'])
    it(`${word || '""'} has no Korean reading`, () => {
      assert.deepEqual(hanja.readingsOf(word), []);
    });

  it('is not what has no ideograph', () => {
    assert.equal(hasHanja('검토'), false);
    assert.equal(hasHanja('검討'), true);
  });
  it('reads each ideograph as one syllable, each reading once, a few at most', () => {
    const word = fc.string({ unit: fc.constantFrom(...'檢討女勞動樂率不實金北龍更가'), maxLength: 8 });
    fc.assert(
      fc.property(word, text => {
        const readings = hanja.readingsOf(text);
        assert.ok(readings.length <= 16 && new Set(readings).size === readings.length);
        assert.equal(readings.length > 0, hasHanja(text));
        for (const reading of readings) assert.match(reading, new RegExp(`^[가-힣]{${text.length}}$`));
      }),
    );
  });
  it('changes an initial once', () => {
    const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map(unit => String.fromCharCode(unit));
    fc.assert(
      fc.property(syllable, text => {
        assert.equal(asInitial(asInitial(text)), asInitial(text));
      }),
    );
  });
});
