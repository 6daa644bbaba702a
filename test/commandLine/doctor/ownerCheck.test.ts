import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ownerCheck } from '../../../src/commandLine/doctor/store.ts';
import { POSIX, WINDOWS } from '../../../src/platform/platform.ts';

describe('whether others can look into the store', () => {
  let store = '';
  beforeEach(async () => void (store = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'))));
  afterEach(() => rm(store, { recursive: true, force: true }));

  it('is told by the mode, and not on Windows, where access lists say it and every mode is 666', async function () {
    // Windows itself has no mode to set.
    if (process.platform === 'win32') this.skip();
    await chmod(store, 0o755);
    assert.equal((await ownerCheck(store, POSIX)).state, 'warning');
    assert.equal((await ownerCheck(store, WINDOWS)).state, 'fine');
    await chmod(store, 0o700);
    assert.equal((await ownerCheck(store, POSIX)).state, 'fine');
  });
});
