import assert from 'node:assert/strict';
import { termsIn } from '../../src/index/segment/termCounts.ts';
import { DocumentBuilder } from '../../src/readers/documentBuilder.ts';
import { passageRecords } from '../../src/readers/passageRecords.ts';
import { readDocument } from '../../src/readers/readPassages.ts';

const RULES = { minTokens: 10, maxTokens: 40 };
const NAMES = { name: '보고서', folders: [] };
const count = (text: string): number => Math.ceil(text.length / 2);

describe('passages of a document', () => {
  it('stand where their beginning stands', () => {
    const builder = new DocumentBuilder();
    builder.metadata('지은이', '한서윤');
    builder.at({ kind: 'page', page: 1 });
    builder.heading(1, '개요');
    builder.block('paragraph', '첫째 쪽의 글이다.');
    builder.at({ kind: 'page', page: 2 });
    builder.heading(2, '예산');
    builder.block('paragraph', '둘째 쪽의 글이다.');
    const passages = passageRecords(builder.finish(), NAMES, RULES, count);
    assert.deepEqual(
      passages.map(({ text, headings, location, line }) => [text, headings, location, line]),
      [
        ['첫째 쪽의 글이다.', ['개요'], { kind: 'page', page: 1 }, 3],
        ['둘째 쪽의 글이다.', ['개요', '예산'], { kind: 'page', page: 2 }, 7],
      ],
    );
    for (const { terms } of passages) assert.ok(termsIn(terms).includes('서윤'));
  });

  it('keep the signs of a text that is no Markdown', async () => {
    const bytes = new TextEncoder().encode('# 번호 *별* | 세로줄\n');
    for (const [path, isSign] of [
      ['a.txt', true],
      ['a.md', false],
    ] as const) {
      const answer = await readDocument(bytes, path, RULES, count);
      assert.ok(answer.result === 'passages');
      const [passage] = answer.passages;
      assert.equal(passage!.markup, isSign ? 'none' : 'markdown');
    }
  });
});

describe('a document that is put together', () => {
  it('has a heading with nothing below it as a text of its own', () => {
    const builder = new DocumentBuilder();
    builder.heading(1, '하나');
    builder.heading(1, '둘');
    builder.block('paragraph', '글');
    builder.heading(2, '셋');
    const { text, blocks, title } = builder.finish();
    assert.equal(title, '하나');
    assert.deepEqual(
      blocks.map(({ start, end, headings }) => [text.slice(start, end), headings]),
      [
        ['하나', []],
        ['글', ['둘']],
        ['셋', ['둘']],
      ],
    );
  });

  it('ends at its limit and says so', () => {
    const builder = new DocumentBuilder(10);
    builder.block('paragraph', '가나다라마바사아자차카타파하');
    builder.block('paragraph', '끝');
    const { text, blocks, isCut } = builder.finish();
    assert.equal(text, '가나다라마바사아자차');
    assert.equal(isCut, true);
    assert.deepEqual(blocks, [{ kind: 'paragraph', start: 0, end: 10, headings: [] }]);
  });

  it('has no control characters and no blank blocks', () => {
    const builder = new DocumentBuilder();
    builder.block('paragraph', ' \n ');
    builder.block('paragraph', '가\0나\x1b[2J');
    const { text, blocks } = builder.finish();
    assert.equal(text, '가 나 [2J\n\n');
    assert.equal(blocks.length, 1);
  });
});
