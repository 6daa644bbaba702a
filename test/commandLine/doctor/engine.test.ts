import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { checkEngine } from '../../../src/commandLine/doctor/engine.ts';
import { admit } from '../../../src/rpc/admission.ts';
import { claim, socketPath } from '../../../src/rpc/endpoint.ts';

describe('malmoi doctor on the engine', () => {
  let storePath = '';
  let server: net.Server | null = null;
  beforeEach(async () => {
    storePath = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
  });
  afterEach(async () => {
    server?.close();
    server = null;
    await rm(storePath, { recursive: true, force: true });
  });
  const check = (): ReturnType<typeof checkEngine> =>
    checkEngine({ storePath, version: '1.2.3', language: 'ko' });

  it('says that none runs', async () => {
    assert.match((await check()).found, /not running/);
  });

  it('says which one runs', async () => {
    server = await claim(storePath, (socket, secret) => admit(socket, secret, '1.0.9', () => undefined));
    const { state, found } = await check();
    assert.equal(state, 'fine');
    assert.match(found, /running \(1\.0\.9\)/);
  });

  it('says that a stranger is in its place, where they are, and what to do', async () => {
    const taken = net.createServer(socket => {
      // To its end, so that the socket closes with that of the doctor.
      socket.on('error', () => socket.destroy()).resume();
      const answer = JSON.stringify({ jsonrpc: '2.0', id: 0, result: { version: '1.2.3' } });
      socket.write(`Content-Length: ${answer.length}\r\n\r\n${answer}`);
    });
    server = taken;
    await new Promise<void>(resolve => taken.listen(socketPath(storePath), () => resolve()));
    const { state, found, advice } = await check();
    assert.deepEqual([state, found], ['wrong', socketPath(storePath)]);
    assert.match(advice!, /--store DIR/);
  });
});
