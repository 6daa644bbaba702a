import assert from 'node:assert/strict';
import { DocumentBuilder } from '../../src/readers/documentBuilder.ts';

const blocksOf = (builder: DocumentBuilder): string[] => {
  const { text, blocks } = builder.finish();
  return blocks.map(({ start, end, headings }) => [...headings, text.slice(start, end)].join(' > '));
};

describe('DocumentBuilder', () => {
  it('puts blocks under the headings that are open', () => {
    const builder = new DocumentBuilder();
    builder.heading(1, '가');
    builder.block('paragraph', '하나');
    builder.heading(3, '나');
    builder.block('paragraph', '둘');
    builder.heading(2, '다');
    builder.block('paragraph', '셋');
    builder.leave(1);
    builder.block('paragraph', '넷');
    assert.deepEqual(blocksOf(builder), ['가 > 하나', '가 > 나 > 둘', '가 > 다 > 셋', '넷']);
  });
  it('makes a heading with nothing below it a text of its own, and not one right above a deeper one', () => {
    const builder = new DocumentBuilder();
    builder.heading(1, '가');
    builder.heading(2, '나');
    builder.heading(2, '다');
    builder.block('paragraph', '글');
    builder.heading(1, '라');
    assert.deepEqual(blocksOf(builder), ['가 > 나', '가 > 다 > 글', '라']);
  });
  it('begins its places at 0, and keeps the last of those with no text between them', () => {
    const builder = new DocumentBuilder();
    builder.metadata('creator', '홍길동');
    builder.at({ kind: 'slide', slide: 1 });
    builder.at({ kind: 'slide', slide: 2 });
    builder.block('paragraph', '글');
    builder.at({ kind: 'slide', slide: 3 });
    builder.block('paragraph', '끝');
    const { text, places, fields } = builder.finish();
    assert.deepEqual(places, [
      { start: 0, location: { kind: 'slide', slide: 2 } },
      { start: text.indexOf('끝'), location: { kind: 'slide', slide: 3 } },
    ]);
    assert.equal(text.slice(0, fields), 'creator: 홍길동\n');
  });
  it('is full at its limit, and says that the document was cut', () => {
    const builder = new DocumentBuilder(20);
    builder.heading(1, '제목');
    for (let i = 0; i < 5; i++) builder.block('paragraph', `문단 ${i} 입니다`);
    builder.heading(1, '다음');
    const { text, blocks, isCut } = builder.finish();
    assert.equal(builder.full, true);
    assert.equal(isCut, true);
    assert.equal(text.length, 20);
    assert.equal(
      blocks.every(({ start, end }) => start < end && end <= 20),
      true,
    );
  });
});
