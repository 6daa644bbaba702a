import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PLATFORM } from '../../src/platform/platform.ts';
import { ensureKey, readKey } from '../../src/rpc/engineKey.ts';

describe('the key of the engine', () => {
  let folder = '';
  let file = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-key-'));
    file = path.join(folder, 'data', 'engine.key');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made once, for its owner alone, and stays', async () => {
    assert.equal(await readKey(file), null);
    const key = await ensureKey(file);
    assert.equal(key.length, 32);
    assert.deepEqual(await ensureKey(file), key);
    assert.deepEqual(await readKey(file), key);
    assert.deepEqual(await readdir(path.dirname(file)), ['engine.key']);
    if (PLATFORM.hasModeBits) assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('is made anew where the file is cut off or is no key', async () => {
    const key = await ensureKey(file);
    await truncate(file, 20);
    assert.equal(await readKey(file), null);
    assert.notDeepEqual(await ensureKey(file), key);
    await writeFile(file, `${'a'.repeat(64)}\n`);
    assert.equal(await readKey(file), null);
  });

  it('is not trusted where others may have read it', async function () {
    if (!PLATFORM.hasModeBits) this.skip();
    const key = await ensureKey(file);
    await chmod(file, 0o640);
    assert.equal(await readKey(file), null);
    assert.notDeepEqual(await ensureKey(file), key);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('is not trusted where another user put it', async function () {
    // Only root can make a file of another user.
    if (process.getuid?.() !== 0) this.skip();
    const key = await ensureKey(file);
    await chown(file, 12_345, 12_345);
    assert.equal(await readKey(file), null);
    assert.notDeepEqual(await ensureKey(file), key);
    assert.equal((await stat(file)).uid, 0);
  });

  it('is neither read nor written through a link, nor waited for at a pipe', async function () {
    if (!PLATFORM.hasModeBits) this.skip();
    const target = path.join(folder, 'target');
    const key = await ensureKey(target);
    await ensureKey(file);
    await rm(file);
    await symlink(target, file);
    assert.equal(await readKey(file), null);
    assert.notDeepEqual(await ensureKey(file), key);
    assert.equal(await readFile(target, 'utf8'), key.toString('hex'));

    await rm(file);
    execFileSync('mkfifo', ['-m', '600', file]);
    assert.equal(await readKey(file), null);
    assert.notEqual(await ensureKey(file), null);
  });
});
