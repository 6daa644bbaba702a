import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blocksOfMarkdown } from '../../src/text/markdown.ts';
import { chunksOf } from '../../src/text/markdownChunks.ts';

/** Lines long and short, fences open and closed: as much as makes several chunks. */
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('', '글 한 줄', '- 항목', '# 제목', '    들여씀', '> 인용', '| 칸 |'),
  },
  { weight: 2, arbitrary: fc.constantFrom('```js', '```', '~~~~', '````') },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 40_000 }).map(length => '가나 '.repeat(length / 3)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 40_000 }).map(length => '🙂'.repeat(length / 2)) },
);

describe('chunksOf', () => {
  it('covers the text in order, without a piece that is too long for the parser', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end);
        let at = 0;
        for (const chunk of chunksOf(text, 0)) {
          assert.equal(chunk.start, at);
          assert.ok(chunk.end > chunk.start);
          assert.ok(chunk.end - chunk.start <= 120_000);
          const unit = text.charCodeAt(chunk.end);
          assert.ok(!(unit >= 0xdc00 && unit <= 0xdfff), 'not between the halves of a pair');
          at = chunk.end;
        }
        assert.equal(at, text.length);
      }),
    );
  });

  it('leaves a text of ordinary size whole', () => {
    const text = '# 제목\n\n글이 있다.\n\n```\n코드\n```\n\n'.repeat(400);
    assert.deepEqual([...chunksOf(text, 3)].length, 1);
    assert.deepEqual([...chunksOf('', 0)], []);
  });

  it('keeps headings over its cuts', () => {
    const text = `# 위\n\n${'문단이 있다.\n\n'.repeat(9_000)}끝\n`;
    const chunks = [...chunksOf(text, 0)];
    assert.ok(chunks.length > 2);
    const { blocks } = blocksOfMarkdown(text);
    assert.equal(blocks.length, 9_001);
    assert.ok(blocks.every(({ headings }) => headings.length === 1 && headings[0] === '위'));
  });

  it('takes a long fence for code, also one that is never closed', () => {
    const code = '줄 하나\n'.repeat(6_000);
    for (const close of ['```\n\n뒤따르는 글', '']) {
      const { blocks } = blocksOfMarkdown(`앞 글\n\n\`\`\`\n# 제목이 아님\n${code}${close}`);
      assert.deepEqual(
        new Set(blocks.map(({ kind }) => kind)),
        new Set(close === '' ? ['paragraph', 'code'] : ['paragraph', 'code']),
      );
      assert.ok(blocks.every(({ headings }) => headings.length === 0));
    }
  });

  it('reads a line of a megabyte in parts, with its tags', () => {
    const { blocks, tags } = blocksOfMarkdown(`${'가나다 **라** #태그 '.repeat(80_000)}\n\n끝\n`);
    assert.ok(blocks.length > 50);
    assert.deepEqual(tags, ['태그']);
  });
});
