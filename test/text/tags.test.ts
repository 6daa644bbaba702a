import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blocksOfMarkdown } from '../../src/text/markdown.ts';
import { blocksOfPlainText } from '../../src/text/paragraphs.ts';
import { hasTag, normalizeTag, tagsInText } from '../../src/text/tags.ts';

const IN_TEXT: readonly (readonly [text: string, tags: readonly string[]])[] = [
  ['오늘 #회의 정리', ['회의']],
  ['#회의', ['회의']],
  ['#회의, #예산.', ['회의', '예산']],
  ['(#회의)', ['회의']],
  ['“#회의”', ['회의']],
  ['#업무/회의/주간', ['업무/회의/주간']],
  ['#업무/', ['업무']],
  ['#to-do #in_progress', ['to-do', 'in_progress']],
  ['#Kube #KUBE', ['kube', 'kube']],
  ['#2026회의', ['2026회의']],
  ['#하나#둘', ['하나', '둘']],
  ['＃전각', ['전각']],
  ['#회의'.normalize('NFD'), ['회의']],
  ['#회의에서', ['회의에서']],
  ['색은 #fff, #FFFFFF, #a0b1c2d3', []],
  ['#123 고침, #1', []],
  ['# 제목', []],
  ['## 제목', []],
  ['##두개', []],
  ['C# 코드, F#', []],
  ['메일#회의', []],
  ['https://example.org/#회의', []],
  ['https://example.org/a?b=#회의', []],
  ['./문서.md#회의', []],
  [String.raw`\#회의`, []],
  ['&#xAC00; &#44032;', []],
  ['#', []],
  ['#-', []],
  ['#_', []],
  ['#!/bin/sh', []],
  ['#회의#', ['회의']],
];

const IN_MARKDOWN: readonly (readonly [name: string, text: string, tags: readonly string[]])[] = [
  ['a list', '---\ntags:\n  - 회의\n  - 예산\n---\n글', ['회의', '예산']],
  ['a list in a line', '---\ntags: [회의, "두 낱말", 2026]\n---\n글', ['회의', '두 낱말', '2026']],
  ['a text with commas', '---\ntags: 회의, 두 낱말\n---\n글', ['회의', '두 낱말']],
  ['a text with blanks', '---\ntags: 회의 예산\n---\n글', ['회의', '예산']],
  ['marks in a text', '---\ntags: "#회의 #예산"\n---\n글', ['회의', '예산']],
  ['another name', '---\ntag: 회의\n---\n글', ['회의']],
  ['a Korean name', '---\n태그: [회의]\n---\n글', ['회의']],
  ['capitals', '---\nTags: [Kube]\n---\n글', ['kube']],
  ['levels', '---\ntags: [업무/회의]\n---\n글', ['업무/회의']],
  ['nothing', '---\ntags:\n---\n글', []],
  ['a mapping', '---\ntags: {a: b}\n---\n글', []],
  ['an unclosed list', '---\ntags: [회의\n---\n글', ['회의']],
  ['no YAML', '---\n\t: [}{\n---\n글', []],
  ['both, each once', '---\ntags: [회의]\n---\n글 #회의 #예산', ['회의', '예산']],
  ['emphasis', '**#중요** 글', ['중요']],
  ['lists, quotes and tables', '- #하나\n\n> #둘\n\n| 가 |\n|---|\n| #셋 |', ['하나', '둘', '셋']],
  ['the end of a heading', '## 회의 #업무\n\n글', ['업무']],
  ['a heading of its own line', '#회의\n\n글', ['회의']],
  ['an anchor', '## 배포 {#deployment}\n\n글 { #anchor }', []],
  ['code', '```sh\n#회의\n```\n\n`#예산` 글\n\n    #들여쓴', []],
  ['links', '[글](#회의) <https://a.kr/#회의> https://a.kr/#회의', []],
  ['HTML', '<a href="#회의">글</a>\n\n<!-- #회의 -->', []],
  ['an escape', String.raw`\#회의 글`, []],
];

describe('tags', () => {
  for (const [text, tags] of IN_TEXT)
    it(`${JSON.stringify(text)} has ${JSON.stringify(tags)}`, () => assert.deepEqual(tagsInText(text), tags));
  for (const [name, text, tags] of IN_MARKDOWN)
    it(`are read from Markdown: ${name}`, () => assert.deepEqual(blocksOfMarkdown(text).tags, tags));
  it('are read from plain text, each once', () =>
    assert.deepEqual(blocksOfPlainText('#하나 #둘\n\n#하나').tags, ['하나', '둘']));
  it('have one form, however written', () => {
    for (const written of ['#업무/회의', ' 업무 / 회의 ', '/업무//회의/', '업무/회의'.normalize('NFD')])
      assert.equal(normalizeTag(written), '업무/회의');
  });
  it('are found by what stands above them, at a level', () => {
    assert.ok(hasTag(['업무/회의'], '업무'));
    assert.ok(hasTag(['업무/회의'], '업무/회의'));
    assert.ok(!hasTag(['업무/회의'], '업'));
    assert.ok(!hasTag(['업무'], '업무/회의'));
  });
  it('are bounded, distinct and without line breaks in any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('#', '회의', '/', '\n', ' ', 'a', '{', '`', '-', '> ', '---\n', 'tags: ')),
        pieces => {
          const { tags } = blocksOfMarkdown(pieces.join(''));
          assert.ok(tags.length <= 256 && new Set(tags).size === tags.length);
          for (const tag of tags) assert.match(tag, /^\S(?:.{0,98}\S)?$/u);
        },
      ),
      { numRuns: 500 },
    );
    assert.ok(blocksOfMarkdown('#가나 '.repeat(50_000)).tags.length === 1);
    assert.ok(Array.isArray(blocksOfMarkdown(`${'> '.repeat(3_000)}#깊은`).tags));
  });
});
