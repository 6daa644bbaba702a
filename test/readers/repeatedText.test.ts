/**
 * Text that makes a regular expression try all ways to divide it (https://en.wikipedia.org/wiki/ReDoS) ends its reader after a
 * minute, and its file is not found. Each piece here, many times over, is read in some milliseconds, or this test
 * takes minutes to fail.
 */
import assert from 'node:assert/strict';
import { readDocument } from '../../src/readers/readPassages.ts';

const LENGTH = 6_000;
const PIECES = [
  '| a b ', '|a|', '|-|', '- ', '- [', '1. ', '> ', '# ', '#', '#-', '= ', '* a ', '[a', '[a]', '[a](', '[a](b', '![', '[^1]', '[a]: b\n',
  '<a ', '<a b=', '<a b={c} ', '<a b={c} b=c ', '<a b="c" ', '<!-- ', '</', '<?', '{#a}', '{/*', '`', '``a', '```a\n', '~~~\n', '**a', '_a', '*a ',
  '&amp;', '&', '\\[', '\t', ' ', '  \n', '    a\n', 'a\n', 'a: ', '---\n', '가', '가나 ', '가나\n', '1', '1,', '2024. 1. ', '12시 ', '3만 ', '일이삼 ',
  'a.', 'a_', 'aB', '%EA', '%EC%84%A4', '(', '((', '"', '\'', '\u00a0', '\u200b', 'a\u200b', '😀', '\u1100', 'a\u0301', '$a$', '\r',
]; // prettier-ignore
const NAMES = ['a.md', 'a.mdx', 'a.txt', 'a.adoc', 'a.org', 'a.tex', 'a.rst', 'a.html', 'a.csv'];

describe('text that repeats itself', () => {
  for (const name of NAMES)
    it(`is read as ${name.slice(1)}`, async function () {
      this.timeout(60_000);
      for (const piece of PIECES)
        for (const [head, tail] of [
          ['', ''],
          ['# ', '!'],
          ['<a ', '\nx'],
        ] as const) {
          const text = head + piece.repeat(LENGTH / piece.length) + tail;
          const read = await readDocument(
            new TextEncoder().encode(text),
            name,
            { minTokens: 96, maxTokens: 192 },
            written => Math.ceil(written.length / 2),
          );
          assert.equal(read.result, 'passages', `${name}: ${JSON.stringify(head + piece)}`);
        }
    });
});
