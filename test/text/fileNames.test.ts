import assert from 'node:assert/strict';
import { marksOf, namesOfPath, withoutMark } from '../../src/text/fileNames.ts';

const MARK = '1a2b3c4d5e6f78901a2b3c4d5e6f7890';

describe('names of exported pages', () => {
  it('are read without the mark that the export gave them', () => {
    assert.deepEqual(namesOfPath(`위키 ${MARK}/회의록 ${MARK}.md`), { name: '회의록', folders: ['위키'] });
    assert.equal(withoutMark(`회의록 ${MARK}.md`), '회의록.md');
    assert.deepEqual(marksOf(`위키 ${MARK}/회의록 ${MARK}.md`), [MARK]);
  });

  it('keep what is no such mark', () => {
    for (const name of [MARK, '회의록 1a2b3c', `${MARK}가`, `회의록 ${MARK}x`])
      assert.equal(withoutMark(name), name);
    assert.deepEqual(marksOf('a/b.md'), []);
  });
});
