import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfm } from 'micromark-extension-gfm';
import { flowOf, ParsedText } from '../../../src/text/scanning/markdownFlow.ts';
import { mayHaveTags, tagsInText } from '../../../src/text/tags.ts';

type Row = readonly [type: string, start: number, end: number, depth: number];

/** The same from the parser alone, which reads all of it. */
function parsed(source: string): Row[] {
  const root = fromMarkdown(source, {
    extensions: [gfm(), cjkFriendlyExtension()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  return root.children.map(node => [
    node.type,
    node.position!.start.offset!,
    node.position!.end.offset!,
    node.type === 'heading' ? node.depth : 0,
  ]);
}

function scanned(source: string): Row[] {
  return Array.from(flowOf(source), node => [
    node.type,
    node.start,
    node.end,
    node.type === 'heading' ? node.depth : 0,
  ]);
}

const indent = fc.constantFrom(
  '',
  '',
  '',
  '',
  '',
  ' ',
  '  ',
  '   ',
  '    ',
  '      ',
  '\t',
  '> ',
  '- ',
  '1. ',
);
const HEADS = [
  '', '', '', '# ', '## ', '#', '- ', '-', '* ', '+ ', '-     ', '1. ', '2. ', '2) ', '10. ', '> ', '>', '```', '````',
  '~~~', '```js', '---', '***', '* * *', '===', '--', '|--|', ':-', '<b>', '<!--', '-->', '</script>', '<script>', '<?',
  '[^1]: ', '[a]: /b', '[a](b)', '[a', ']: x', '`', '`a`', '\\', '| a |', '| - | - |', '{#x}', '#태그 ', '\u3000', '&amp;',
  '<a id="x"></a>', '<xref:a>', '<a:', '|a|', '|-|', '|-|-|', '| a | b |', '|', '|||', '    ', '     a',
]; // prettier-ignore
const head = fc.constantFrom(...HEADS);
const tail = fc.constantFrom(
  '',
  '',
  '가',
  '나 다',
  'a | b',
  '  ',
  '\t',
  '- b',
  '**굵게**',
  '`',
  '<!-- c -->',
  '<br>',
  '#나',
);
const line = fc.tuple(indent, head, tail).map(parts => parts.join(''));
const lines = fc.array(fc.oneof({ weight: 3, arbitrary: line }, { weight: 2, arbitrary: fc.constant('') }), {
  maxLength: 14,
});
const source = fc
  .tuple(lines, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'))
  .map(([all, end]) => all.join(end));

describe('flowOf', () => {
  const cases: readonly (readonly [name: string, source: string])[] = [
    [
      'headings, paragraphs and lists',
      '# 가\n나\n다  \n\n- 라\n  마\n\n  바\n- 사\n\n1. 아\n2. 자\n\n> 차\n> 카\n',
    ],
    ['code', '```js\n# 가\n\n- 나\n```\n다\n\n~~~\n~~\n~~~~ \n'],
    [
      'headings that are underlined, and tables',
      '가\n===\n\n나\n---\n\n| 가 |\n| - |\n| 나 |\n\n가 | 나\n- | -\n',
    ],
    ['a paragraph that a list interrupts, or not', '가\n- 나\n\n가\n2. 나\n\n가\n1. 나\n\n가\n-     나\n'],
    ['HTML with a fence, and a fence after it', '<a>\n```\n\n가\n```\n\n나\n\n다'],
    ['HTML over blank lines', '<!-- 가\n\n# 나\n\n-->\n\n# 다\n\n<script>\n\n- x\n\n</script>\n\n라'],
    ['a fence that its list ends', '- 가\n\n  ```\n  나\n\n\n다\n\n```\n라\n```\n'],
    ['definitions', '[가]: /나\n다\n\n[라](/마)\n바\n\n[^1]: 사\n\n    아\n\n자'],
    [
      'tables with a bar before each line',
      '| 가 | 나 |\n|-|:-:|\n| 다\n|라|마|바\n\n|가|\n|-|-|\n\n|가|\n|-|\n사\n',
    ],
    ['indented code', '가\n\n    나\n\n\n      다\n라\n\n- 마\n\n      바\n\n    사\n\n    아\n'],
    [
      'anchors and addresses',
      '<a name="x"></a>\n\n<a name="y"></a>\n가\n\n<xref:나>\n다\n\n- <xref:라>\n- <b>\n',
    ],
    ['another mark is another list', '- 가\n\n* 나\n\n1. 다\n\n2) 라\n- 마\n'],
  ];
  for (const [name, written] of cases)
    it(`finds ${name} as the parser does`, () => assert.deepEqual(scanned(written), parsed(written)));

  // Such a row of 300 characters took minutes: there were many ways to divide its cells, and all were tried.
  it('sees at once that a row of bars is no header', () => {
    const written = `${`| ${'몇 마디 긴 말 '.repeat(6)}`.repeat(12)}\n|-|\n`;
    assert.deepEqual(scanned(written), parsed(written));
  });

  it('finds the blocks that the parser finds', function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(source, written => assert.deepEqual(scanned(written), parsed(written))),
      { numRuns: Number(process.env['MALMOI_FLOWS'] ?? 1_500) },
    );
  });
});

describe('ParsedText', () => {
  const tagsOf = (written: string): string[] =>
    Array.from(flowOf(written)).flatMap(({ start, end }) => [
      ...new ParsedText(written).tagsOf(start, written.slice(start, end)),
    ]);

  it('finds tags in prose', () => {
    assert.deepEqual(tagsOf('가 #나\n\n`#다` [라](#마) {#바}\n\n- #사'), ['나', '사']);
    assert.deepEqual(tagsOf('\\[라](#마)'), ['마']);
  });
  it('rules tags out only where there are none', () => {
    const written = '[가](#나) 다 {#라} [마](/바#사)';
    assert.equal(mayHaveTags(written), false);
    assert.notEqual(tagsInText(written).length, 0);
    assert.equal(mayHaveTags('가 #나'), true);
  });
});
