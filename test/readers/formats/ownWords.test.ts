import assert from 'node:assert/strict';
import { ownWordsOf } from '../../../src/readers/formats/hwp/paragraphs.ts';

describe('ownWordsOf', () => {
  it('leaves out what Hangul itself writes', () => {
    for (const written of [
      '그림입니다.',
      '모양 사각형입니다.',
      '그림입니다.\n원본 그림의 이름: a.png\n원본 그림의 크기: 가로 10pixel\n사진 찍은 날짜: 2024년',
      '그림입니다. 원본 그림의 이름: a.png',
    ])
      assert.equal(ownWordsOf(written), '', written);
  });
  it('keeps what a person wrote', () => {
    for (const written of ['조직도', '그림입니다.\n조직도', '그림입니다.\nEXIF: 1\n조직도'])
      assert.equal(ownWordsOf(written), written);
  });
  it('takes no longer for many facts in one line', () => {
    const written = `그림입니다. ${'EXIF '.repeat(2_000)}\n조직도`;
    assert.equal(ownWordsOf(written), written);
  });
});
