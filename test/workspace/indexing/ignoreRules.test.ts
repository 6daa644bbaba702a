import assert from 'node:assert/strict';
import { IgnoreRules } from '../../../src/workspace/indexing/ignoreRules.ts';

const rules = (
  files: Readonly<Record<string, string>>,
  include: string[] = [],
  exclude: string[] = [],
): IgnoreRules => {
  const made = new IgnoreRules({ include, exclude });
  for (const [base, text] of Object.entries(files)) made.add(base, text);
  return made;
};

describe('IgnoreRules', () => {
  it('follows .gitignore: names, folders, negation', () => {
    const made = rules({ '': '*.tmp.md\n/dist/\n!keep.tmp.md' });
    assert.equal(made.skipsFile('a/b.tmp.md'), true);
    assert.equal(made.skipsFile('keep.tmp.md'), false);
    assert.equal(made.skipsFolder('dist'), true);
    assert.equal(made.skipsFolder('a/dist'), false);
  });
  it('lets a deeper file overrule the ones above it', () => {
    const made = rules({ '': '*.md', 문서: '!중요.md' });
    assert.equal(made.skipsFile('중요.md'), true);
    assert.equal(made.skipsFile('문서/중요.md'), false);
    assert.equal(made.skipsFile('문서/딴것.md'), true);
  });
  it('follows the settings, with and without trailing /**', () => {
    const made = rules({}, ['**/*.md'], ['**/보관', '임시/**']);
    assert.equal(made.skipsFile('a.txt'), true);
    assert.equal(made.skipsFile('a.md'), false);
    assert.equal(made.skipsFile('x/보관/a.md'), true);
    assert.equal(made.skipsFolder('x/보관'), true);
    assert.equal(made.skipsFile('임시/a.md'), true);
  });
  it('never enters version control, packages or hidden folders', () => {
    const made = rules({ '': '!node_modules' });
    for (const folder of ['.git', 'a/node_modules', '.obsidian'])
      assert.equal(made.skipsFolder(folder), true);
  });
});
