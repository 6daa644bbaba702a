import assert from 'node:assert/strict';
import { fileInFolder } from '../../../src/editor/documents/fileInFolder.ts';

describe('the name of a file in a workspace folder', () => {
  it('is what follows the folder', () => {
    assert.equal(fileInFolder('/home/hana/notes', '/home/hana/notes/회의/가.md'), '회의/가.md');
    assert.equal(fileInFolder('/c:/notes', '/c:/notes/가.md'), '가.md');
    // The editor writes the drive of one in small letters, and the rest as it was opened.
    assert.equal(fileInFolder('/c:/Notes', '/C:/notes/가.md'), '가.md');
  });

  it('is whole where the folder is a root: of a disk, a drive or a share', () => {
    assert.equal(fileInFolder('/', '/가.md'), '가.md');
    assert.equal(fileInFolder('/c:/', '/c:/회의/가.md'), '회의/가.md');
    assert.equal(fileInFolder('/share/', '/share/가.md'), '가.md');
  });
});
