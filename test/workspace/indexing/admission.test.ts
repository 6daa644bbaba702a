import assert from 'node:assert/strict';
import { Admission } from '../../../src/workspace/indexing/admission.ts';

describe('what a listing lets in', () => {
  it('tells of what it left out, and of folders that nobody can look into', () => {
    const admission = new Admission('/notes');
    admission.follow({
      files: [
        { path: '글.md', size: 1, modified: 1, ignored: false },
        { path: '초안.md', size: 1, modified: 1, ignored: true },
      ],
      linked: new Map(),
      leftOut: ['밖으로.md'],
      archives: ['묶음.zip'],
      unreadable: ['닫힌 폴더'],
      accepts: () => true,
      exclusionOf: () => null,
    });
    assert.deepEqual(Object.fromEntries(admission.leftOut), {
      '초안.md': 'ignored',
      '밖으로.md': 'link',
      '묶음.zip': 'archive',
      '닫힌 폴더/': 'noPermission',
    });
  });
});
