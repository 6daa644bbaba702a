import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { IgnoreRules } from '../../../src/workspace/indexing/ignoreRules.ts';

describe('what leaves a file out', () => {
  const rules = new IgnoreRules({ include: [], exclude: ['**/초안/**'] });
  rules.add('', '# 주석\n*.tmp.md\n!남김.tmp.md\n비밀/\n');
  rules.add('하위', '*.txt\n', '.malmoiignore');

  it('is a line of the ignore file that decides, a setting, or a hidden folder', () => {
    const why = (path: string): unknown => rules.exclusionOf(path);
    assert.deepEqual(why('가.tmp.md'), { by: 'rule', file: '.gitignore', line: 2, rule: '*.tmp.md' });
    assert.deepEqual(why('비밀/깊은/글.md'), { by: 'rule', file: '.gitignore', line: 4, rule: '비밀/' });
    assert.deepEqual(why('하위/글.txt'), { by: 'rule', file: '하위/.malmoiignore', line: 1, rule: '*.txt' });
    assert.deepEqual(why('a/초안/글.md'), { by: 'exclude', glob: '**/초안/**' });
    assert.deepEqual(why('.git/글.md'), { by: 'hidden', folder: '.git' });
    assert.equal(why('남김.tmp.md'), null);
    assert.equal(why('글.txt'), null);
  });

  it('is there exactly where the file is left out', () => {
    const name = fc.constantFrom('가.md', '가.tmp.md', '남김.tmp.md', '글.txt');
    const folder = fc.constantFrom('하위', '비밀', '초안', '.git', '보통');
    fc.assert(
      fc.property(fc.array(folder, { maxLength: 3 }), name, (folders, file) => {
        const path = [...folders, file].join('/');
        const skipped =
          rules.skipsFile(path) ||
          folders.some((_, i) => rules.skipsFolder(folders.slice(0, i + 1).join('/')));
        assert.equal(rules.exclusionOf(path) !== null, skipped, path);
      }),
    );
  });
});
