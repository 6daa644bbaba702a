import assert from 'node:assert/strict';
import { chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../src/errors/userError.ts';
import { claim, connectSocket, socketPath } from '../../src/rpc/endpoint.ts';

const ignore = (): void => undefined;

describe('endpoint', () => {
  let store = '';
  beforeEach(async () => {
    store = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
  });
  afterEach(() => rm(store, { recursive: true, force: true }));

  it('has one owner, whoever asks at the same time', async () => {
    const claims = await Promise.all(Array.from({ length: 6 }, () => claim(store, ignore)));
    const owners = claims.filter(server => server !== null);
    assert.equal(owners.length, 1);
    const socket = await connectSocket(store);
    assert.notEqual(socket, null);
    socket!.destroy();
    owners[0]!.close();
  });
  it('is free again when its owner is gone, also if it left its socket behind', async () => {
    await writeFile(socketPath(store), '');
    assert.equal(await connectSocket(store), null);
    const server = await claim(store, ignore);
    assert.notEqual(server, null);
    server!.close();
  });
  it('has a listener for the very first connection', async () => {
    const greeted = new Promise<string>(resolve => {
      void (async () => {
        for (;;) {
          const socket = await connectSocket(store);
          if (socket === null) continue;
          socket.on('data', data => {
            socket.destroy();
            resolve(data.toString());
          });
          return;
        }
      })();
    });
    const server = await claim(store, socket => void socket.end('hello'));
    assert.equal(await greeted, 'hello');
    server!.close();
  });
  it('can be reached by its user alone', async () => {
    const server = await claim(store, ignore);
    assert.equal((await stat(path.dirname(socketPath(store)))).mode & 0o077, 0);
    server!.close();
  });
  it('refuses a folder that another user has made', async function () {
    // Only root can make one here.
    if (process.getuid?.() !== 0) this.skip();
    await chown(store, 12_345, 12_345);
    const isRefused = (error: unknown): boolean =>
      error instanceof UserError && error.code === 'storeUnusable';
    await assert.rejects(claim(store, ignore), isRefused);
    await assert.rejects(connectSocket(store), isRefused);
  });
  it('has a short path however deep the store lies', () => {
    assert.ok(Buffer.byteLength(socketPath(`/tmp/${'깊은/'.repeat(50)}`)) <= 100);
  });
});
