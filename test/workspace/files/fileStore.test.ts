import assert from 'node:assert/strict';
import * as nodeFiles from 'node:fs/promises';
import { appendFile, chmod, chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import type { Files } from '../../../src/workspace/files/files.ts';
import { POSIX, WINDOWS } from '../../../src/platform/platform.ts';
import { FileStore } from '../../../src/workspace/files/fileStore.ts';
import { codeOf } from '../../fakes/errorCode.ts';
import { file, passage, vectorOf } from '../../fakes/records.ts';
import { unprivileged } from '../../fakes/unprivileged.ts';

describe('FileStore', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('reads what was written, whole and in parts, in buffers of their own', async () => {
    const store = await FileStore.open(folder);
    const bytes = Uint8Array.from({ length: 1_000 }, (_, i) => i);
    await store.write('a', bytes.subarray(0, 600));
    await store.append('a', bytes.subarray(600));
    const whole = (await store.read('a'))!;
    assert.deepEqual(whole, bytes);
    // A Buffer's slice would share its memory.
    assert.equal(whole.slice(3).buffer.byteLength, 997);
    const blob = (await store.open('a'))!;
    assert.equal(blob.size, 1_000);
    assert.deepEqual(await blob.read(7, 5), bytes.slice(7, 12));
    assert.deepEqual(await blob.read(990, 50), bytes.slice(990), 'no more than there is');
    await store.remove('a');
    assert.deepEqual(await blob.read(0, 2), bytes.slice(0, 2), 'still readable');
    await blob.close();
    assert.equal(await store.open('a'), null);
    assert.equal(await store.read('a'), null);
  });

  it('gives an index back as it was, from its log and from segments', async () => {
    const store = await FileStore.open(folder);
    const written = await PassageIndex.open(store, 'f');
    const vectors = new Map<string, number>();
    for (let i = 0; i < 20; i++) {
      const record = passage(`글 ${i}`, vectorOf({ [i]: i / 7 + 0.1 }));
      vectors.set(record.hash, record.vector.weights[0]!);
      await written.replace([file(`${i}.md`, [record])]);
      if (i === 9) await written.flush();
    }
    for (const index of [written, await PassageIndex.open(store, 'f')])
      for (const [hash, weight] of vectors) {
        const vector = (await index.vectorOf(hash))!;
        assert.ok(Math.abs(vector.weights[0]! - weight) < 1e-4);
      }
  });

  it('cuts off the end, and what is not there', async () => {
    const store = await FileStore.open(folder);
    await store.append('a', Uint8Array.of(1, 2, 3));
    await store.truncate('a', 1);
    await store.append('a', Uint8Array.of(4));
    assert.deepEqual(await store.read('a'), Uint8Array.of(1, 4));
    await store.truncate('b', 0);
    assert.equal(await store.read('b'), null);
  });

  it('waits where another program holds a file for a moment, and says what is wrong where it stays', async () => {
    let failures = 3;
    const files: Files = {
      ...nodeFiles,
      rename: (from, to) =>
        failures-- > 0
          ? Promise.reject(Object.assign(new Error('held'), { code: 'EPERM' }))
          : nodeFiles.rename(from, to),
    };
    const store = await FileStore.open(folder, files, WINDOWS);
    await store.write('a', Uint8Array.of(1));
    assert.deepEqual(await store.read('a'), Uint8Array.of(1));
    failures = Infinity;
    assert.equal(await codeOf(store.write('a', Uint8Array.of(2))), 'storeUnusable');
    assert.deepEqual(await store.read('a'), Uint8Array.of(1));
  });

  it('waits likewise before a blob is removed, and elsewhere takes what is forbidden for forbidden', async () => {
    let tries = 0;
    let held = 2;
    const files: Files = {
      ...nodeFiles,
      rm: (place, options) =>
        tries++ < held
          ? Promise.reject(Object.assign(new Error('held'), { code: 'EACCES' }))
          : nodeFiles.rm(place, options),
    };
    const windows = await FileStore.open(folder, files, WINDOWS);
    await windows.write('a', Uint8Array.of(1));
    await windows.remove('a');
    assert.deepEqual([await windows.list(), tries], [[], 3]);
    [tries, held] = [0, Infinity];
    const posix = await FileStore.open(folder, files, POSIX);
    await posix.write('a', Uint8Array.of(1));
    await assert.rejects(posix.remove('a'));
    assert.equal(tries, 1);
  });

  it('syncs its folder where a name is durable only then, and not on Windows, which has no such call', async () => {
    const opened: string[] = [];
    const files: Files = {
      ...nodeFiles,
      open: (place, flags, mode) => {
        opened.push(place);
        return nodeFiles.open(place, flags, mode);
      },
    };
    await (await FileStore.open(folder, files, WINDOWS)).write('a', Uint8Array.of(1));
    assert.ok(!opened.includes(folder));
    if (process.platform === 'win32') return;
    await (await FileStore.open(folder, files, POSIX)).write('b', Uint8Array.of(1));
    assert.ok(opened.includes(folder));
  });

  it('answers from a folder that cannot be written, also with an unfinished entry, and says why it saves nothing', async function () {
    if (process.platform === 'win32') this.skip();
    const written = await PassageIndex.open(await FileStore.open(folder), 'f');
    await written.replace([file('a', [passage('글', vectorOf({ 1: 1 }))])]);
    await written.close();
    const log = (await readdir(folder)).find(name => name.startsWith('log'))!;
    await appendFile(path.join(folder, log), 'MLOG');
    await writeFile(path.join(folder, 'manifest.tmp'), '');
    for (const name of await readdir(folder)) await chmod(path.join(folder, name), 0o444);
    await chmod(folder, 0o555);
    if (process.getuid?.() === 0) {
      for (const name of ['.', ...(await readdir(folder))])
        await chown(path.join(folder, name), 65_534, 65_534);
    }
    await unprivileged(async () => {
      const index = await PassageIndex.open(await FileStore.open(folder), 'f');
      assert.equal(index.fileCount, 1);
      assert.deepEqual(index.damage, []);
      const change = index.replace([file('b', [passage('글', vectorOf({ 1: 1 }))])]);
      assert.equal(await codeOf(change), 'storeUnusable');
      assert.equal(index.fileCount, 1);
      await index.close();
    });
    await chmod(folder, 0o700);
  });
});
