import assert from 'node:assert/strict';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { globMatcher } from '../../../src/workspace/globs/globs.ts';

const matches = (glob: string, path: string, anyCase = false): boolean =>
  globMatcher([glob], { anyCase })(path);

describe('globMatcher', () => {
  const table: readonly [string, string, boolean][] = [
    ['*.md', 'a.md', true],
    ['*.md', 'x/a.md', false],
    ['**/*.md', 'a.md', true],
    ['**/*.{md,txt}', 'x/a.txt', true],
    ['{a,b/{c,d}}/*.md', 'b/d/x.md', true],
    ['{a,b', '{a,b', true],
    ['{a}', '{a}', true],
    ['a/**', 'a', true],
    ['a/**/b', 'a/b', true],
    ['./a/*.md', 'a/b.md', true],
    ['A.md', 'a.md', false],
    ['[a-c].md', 'B.md', false],
    ['.*', '.obsidian', true],
    ['휴가.md', '휴가.md'.normalize('NFD'), true],
    ['', 'a.md', false],
    ['[', '[', false],
  ];
  for (const [glob, path, wanted] of table)
    it(`${glob} on ${path}: ${wanted}`, () => assert.equal(matches(glob, path), wanted));

  it('takes any case where it is told to', () => {
    assert.equal(matches('A[B-C].md', 'ab.MD', true), true);
  });

  it('says what picomatch says (property)', () => {
    const part = fc.stringMatching(/^(?:\*\*|[ab]{1,3}|[ab]\*|\*[ab]|\?[ab]|\[ab\]|\{a,b\}b)$/);
    // Of what ends with a double asterisk picomatch says now this, now that.
    const last = fc.constantFrom('a', 'b', '*', 'ab', 'a*');
    const glob = fc
      .tuple(fc.array(part, { maxLength: 4 }), last)
      .map(([parts, end]) => [...parts, end].join('/'));
    const path = fc
      .array(fc.stringMatching(/^[ab]{1,3}$/), { minLength: 1, maxLength: 5 })
      .map(names => names.join('/'));
    fc.assert(
      fc.property(glob, path, (pattern, tested) => {
        assert.equal(matches(pattern, tested), picomatch.isMatch(tested, pattern, { dot: true }));
      }),
      { numRuns: 3_000 },
    );
  });

  it('does a bounded amount of work, whatever the glob is', function () {
    this.timeout(10_000);
    const deep = `${'a/'.repeat(90)}x.md`;
    assert.equal(matches(`${'**/a/'.repeat(24)}b`, deep), false);
    assert.equal(matches('{a,b}'.repeat(30), deep), false);
    assert.equal(matches('+(a|aa)+(a|aa)'.repeat(20), 'a'.repeat(200)), false);
  });
});
