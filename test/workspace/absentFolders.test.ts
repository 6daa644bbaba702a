import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AbsentFolders } from '../../src/workspace/absentFolders.ts';

describe('folders that are not there', () => {
  let root = '';
  before(async () => void (root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-absent-'))));
  after(() => rm(root, { recursive: true, force: true }));

  it('are told of once when they are back, and not after they were closed', async () => {
    const told: string[] = [];
    const [first, second] = [path.join(root, 'first'), path.join(root, 'second')];
    const returned = new Promise<void>(resolve => {
      const absent = new AbsentFolders(folder => {
        told.push(folder);
        resolve();
      }, 5);
      absent.add(first);
      absent.add(second);
      absent.delete(second);
    });
    await new Promise(resolve => setTimeout(resolve, 30));
    assert.deepEqual(told, []);
    await mkdir(second);
    await mkdir(first);
    await returned;
    await new Promise(resolve => setTimeout(resolve, 30));
    assert.deepEqual(told, [first]);
  });
});
