import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blocksOfMarkdown } from '../../src/text/markdown.ts';

const blocks = (text: string): [string, string, readonly string[]][] =>
  blocksOfMarkdown(text).blocks.map(block => [
    block.kind,
    text.slice(block.start, block.end),
    block.headings,
  ]);

describe('blocksOfMarkdown', () => {
  it('puts each block under its heading trail', () => {
    assert.deepEqual(blocks('# 규정\n\n처음\n\n## 휴가\n\n연차\n\n# 부칙\n\n끝'), [
      ['paragraph', '처음', ['규정']],
      ['paragraph', '연차', ['규정', '휴가']],
      ['paragraph', '끝', ['부칙']],
    ]);
  });
  it('tells lists, tables, code and quotes apart', () => {
    const text = '- 하나\n- 둘\n\n| 가 | 나 |\n|---|---|\n| 1 | 2 |\n\n```js\nlet a\n```\n\n> 인용';
    assert.deepEqual(
      blocks(text).map(([kind]) => kind),
      ['list', 'table', 'code', 'quote'],
    );
  });
  it('never makes a passage of a heading alone', () => assert.deepEqual(blocks('# 제목'), []));
  it('keeps a heading with nothing under it findable', () => {
    assert.deepEqual(blocks('# 가\n## 나\n## 다\n\n글'), [['paragraph', '## 나\n## 다\n\n글', ['가', '다']]]);
    assert.deepEqual(blocks('글\n\n# 끝'), [['paragraph', '글\n\n# 끝', []]]);
    assert.deepEqual(blocks('# 할 일\n## 우유\n## 세금'), [['list', '# 할 일\n## 우유\n## 세금', []]]);
  });
  it('reads title and tags from front matter, and survives bad YAML', () => {
    const good = blocksOfMarkdown('---\ntitle: 회의록\ntags: [예산, 2024]\n---\n\n본문');
    assert.equal(good.title, '회의록');
    assert.deepEqual(good.keywords, ['예산', '2024']);
    assert.equal(good.blocks.length, 1);
    const bad = blocksOfMarkdown('---\ntitle: [가\n---\n\n본문');
    assert.equal(bad.title, null);
    assert.equal(bad.blocks.length, 1);
  });
  it('takes the first level-one heading as title', () => {
    assert.equal(blocksOfMarkdown('서문\n\n# 제목 **하나**\n\n글').title, '제목 하나');
  });
  it('passes over empty headings', () => {
    const { title, blocks: found } = blocksOfMarkdown('#\n\n## 휴가\n\n글');
    assert.deepEqual([title, found[0]!.headings], [null, ['휴가']]);
  });
  it('leaves attributes and anchors out of headings', () => {
    assert.equal(blocksOfMarkdown('# 배포 { #deployment }\n\n글').title, '배포');
    assert.equal(blocksOfMarkdown('# 상태 {/*state*/}\n\n글').title, '상태');
  });
  it('leaves imports of MDX out, and gives comments to the block before them', () => {
    const text = "import A from 'a'\n\n글\n\n<!-- 메모 -->";
    assert.deepEqual(
      blocksOfMarkdown(text, true).blocks.map(block => text.slice(block.start, block.end)),
      ['글\n\n<!-- 메모 -->'],
    );
  });
  it('keeps offsets exact with CRLF, emoji and NFD', () => {
    const text = `# 제목\r\n\r\n🙂 첫째\r\n둘째\r\n\r\n${'나중'.normalize('NFD')}`;
    assert.deepEqual(
      blocks(text).map(([, body]) => body),
      ['🙂 첫째\r\n둘째', '나중'.normalize('NFD')],
    );
  });
  it('never throws, and blocks stay in order without overlap', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'가a #*-`|>[]()<\n\t1.~:') }), text => {
        let end = 0;
        for (const block of blocksOfMarkdown(text).blocks) {
          assert.ok(block.start >= end && block.end > block.start && block.end <= text.length);
          end = block.end;
        }
      }),
    );
  });
});
