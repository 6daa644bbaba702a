import assert from 'node:assert/strict';
import fc from 'fast-check';
import ignore from 'ignore';
import { GitIgnore } from '../../../src/workspace/globs/gitIgnore.ts';

/** What the library that reads the same rules says; patterns are short, so that its backtracking stays harmless. */
function reference(text: string, path: string): string {
  const { ignored, unignored } = ignore({ allowRelativePaths: true }).add(text).test(path);
  return ignored ? 'ignored' : unignored ? 'kept' : 'null';
}
const verdict = (text: string, path: string): string => String(new GitIgnore(text).test(path));

describe('GitIgnore', () => {
  const table: readonly [string, string, string][] = [
    ['*.tmp', 'a/b.tmp', 'ignored'],
    ['/a.md', 'b/a.md', 'null'],
    ['a/b', 'x/a/b', 'null'],
    ['**/a/b', 'x/a/b', 'ignored'],
    ['a/**', 'a/', 'null'],
    ['a/**', 'a/b/c.md', 'ignored'],
    ['a/**/b', 'a/b', 'ignored'],
    ['build/', 'build', 'null'],
    ['build/', 'build/', 'ignored'],
    ['build/', 'x/build/a.md', 'ignored'],
    ['x/\n!x/a.md', 'x/a.md', 'ignored'],
    ['x/*\n!x/a.md', 'x/a.md', 'kept'],
    ['[a-c]?.md', 'B1.md', 'ignored'],
    ['[!a-c].md', 'b.md', 'null'],
    ['[[:digit:]].md', '7.md', 'ignored'],
    ['[].md', '].md', 'null'],
    ['\\#a', '#a', 'ignored'],
    ['#a', '#a', 'null'],
    ['a\\ ', 'a ', 'ignored'],
    ['a   ', 'a', 'ignored'],
    ['README.MD', 'readme.md', 'ignored'],
    ['회의록/', '회의록/'.normalize('NFD'), 'ignored'],
  ];
  for (const [text, path, wanted] of table)
    it(`${JSON.stringify(text)} on ${path}: ${wanted}`, () => assert.equal(verdict(text, path), wanted));

  it('says what the library says (property)', () => {
    const part = fc.stringMatching(
      /^(?:\*|\*\*|[ab.]{1,3}|[ab]{0,1}\*[ab]{0,1}|\?[ab]|\[ab\]|\[!a\]b|\[a-b\]\*)$/,
    );
    const pattern = fc
      .tuple(
        fc.constantFrom('', '!', '/', '!/'),
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '/', ' ', '\r'),
      )
      .map(([start, parts, end]) => start + parts.join('/') + end);
    const name = fc.stringMatching(/^[ab]{1,3}(?:\.[ab])?$/);
    const path = fc
      .tuple(fc.array(name, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '/'))
      .map(([names, end]) => names.join('/') + end);
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 4 }), path, (lines, tested) => {
        const text = lines.join('\n');
        assert.equal(verdict(text, tested), reference(text, tested));
      }),
      { numRuns: 3_000 },
    );
  });

  it('does a bounded amount of work, whatever the pattern is', function () {
    // Either of these takes a backtracking matcher longer than anybody lives; the time limit is mocha's own.
    this.timeout(10_000);
    const deep = `${'a/'.repeat(90)}x.md`;
    assert.equal(verdict(`${'**/a/'.repeat(24)}b`, deep), 'null');
    assert.equal(verdict(`${'*a'.repeat(100)}b`, 'a'.repeat(250)), 'null');
    assert.equal(verdict(`${'**/*a*/'.repeat(24)}b`, `${'aaaaaaaa/'.repeat(90)}x.md`), 'null');
  });
});
