import assert from 'node:assert/strict';
import { Numbering, writtenNumber } from '../../../src/readers/formats/hwp/numbering.ts';

function numbering(...formats: string[]): Numbering {
  return new Numbering(formats.map(format => ({ format, shape: 'DIGIT', start: 1 })));
}

describe('numbers of paragraphs', () => {
  it('count on, and begin anew below another number', () => {
    const list = numbering('^1.', '^1.^2.', '^n');
    const levels = [1, 2, 2, 3, 1, 2, 3];
    assert.deepEqual(
      levels.map(level => list.next(level)),
      ['1.', '1.1.', '1.2.', '1.2.1', '2.', '2.1.', '2.1.1'],
    );
  });

  it('take levels that were left out for begun', () => {
    assert.equal(numbering('^1.', '^1.^2.', '^1.^2.^3.').next(3), '1.1.1.');
  });

  it('begin where the list says', () => {
    const list = new Numbering([{ format: '제^1조', shape: 'DIGIT', start: 5 }]);
    assert.deepEqual([list.next(1), list.next(1)], ['제5조', '제6조']);
  });

  it('are written in their shape, in digits where it ends', () => {
    const written = (shape: string, ...numbers: number[]): string =>
      numbers.map(number => writtenNumber(number, shape)).join(' ');
    assert.equal(written('HANGUL_SYLLABLE', 1, 14, 15), '가 하 거');
    assert.equal(written('CIRCLED_DIGIT', 1, 20, 21), '① ⑳ 21');
    assert.equal(written('ROMAN_CAPITAL', 4, 9, 14, 49), 'IV IX XIV XLIX');
    assert.equal(written('ROMAN_SMALL', 3), 'iii');
    assert.equal(written('IDEOGRAPH', 1, 10, 12, 20, 21), '一 十 十二 二十 二十一');
    assert.equal(written('HANGUL_PHONETIC', 11), '십일');
    assert.equal(written('DIGIT', 7), '7');
    assert.equal(written('SOMETHING_NEW', 7), '7');
  });

  it('are none of levels that the list lacks', () => {
    assert.equal(numbering('^1.').next(2), '');
  });
});
