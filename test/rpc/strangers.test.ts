/** Whoever listens at the engine's address before it, or connects to it, without knowing its secret. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {
  createMessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { admit } from '../../src/rpc/admission.ts';
import { connectEngine } from '../../src/rpc/connect.ts';
import { claim, connectSocket, secretOf, socketPath } from '../../src/rpc/endpoint.ts';
import { meet, type Greeted } from '../../src/rpc/greeting.ts';
import { newKey, newNonce, proofOf, type Secret } from '../../src/rpc/proof.ts';
import * as protocol from '../../src/rpc/protocol.ts';
import { USER_ERROR } from '../../src/rpc/serve.ts';

const VERSION = '0.5.0';
const QUERY = '비밀스러운 질문';
const FOLDER = { path: '/비밀/서류', name: '서류', include: [], exclude: [], useIgnoreFiles: true };
const ignore = (): void => undefined;

function messagesOf(socket: net.Socket): MessageConnection {
  const connection = createMessageConnection(
    new StreamMessageReader(socket),
    new StreamMessageWriter(socket),
  );
  connection.onError(ignore);
  socket.on('error', () => socket.destroy());
  connection.listen();
  return connection;
}

describe('strangers', function () {
  this.timeout(60_000);
  let store = '';
  const servers: net.Server[] = [];
  const sockets: net.Socket[] = [];
  beforeEach(async () => {
    store = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    for (const server of servers.splice(0)) server.close();
    await rm(store, { recursive: true, force: true });
  });

  /** Listens at the address as the engine would. */
  async function engine(entered: (client: MessageConnection) => void, version = VERSION): Promise<void> {
    const server = await claim(store, (socket, secret) => {
      sockets.push(socket);
      admit(socket, secret, version, entered);
    });
    assert.notEqual(server, null);
    servers.push(server!);
  }

  /** Listens there first, and does not know the secret. Resolves to what it hears. */
  async function stranger(welcome: (connection: MessageConnection) => void): Promise<() => string> {
    await mkdir(path.dirname(socketPath(store)), { recursive: true });
    let heard = '';
    const server = net.createServer(socket => {
      sockets.push(socket);
      socket.on('data', (data: Buffer) => (heard += data.toString('utf8')));
      welcome(messagesOf(socket));
    });
    await new Promise<void>(resolve => server.listen(socketPath(store), () => resolve()));
    servers.push(server);
    return () => heard;
  }

  /** A socket to whoever listens, with all that comes. */
  async function connected(): Promise<{ readonly socket: net.Socket; readonly closed: Promise<string> }> {
    const socket = (await connectSocket(store))!;
    sockets.push(socket);
    let heard = '';
    socket.on('data', (data: Buffer) => (heard += data.toString('utf8')));
    return { socket, closed: new Promise(resolve => socket.once('close', () => resolve(heard))) };
  }

  async function greeted(secret?: Secret, patience?: number): Promise<Greeted> {
    const socket = (await connectSocket(store))!;
    sockets.push(socket);
    const own = { secret: () => (secret === undefined ? secretOf(store) : Promise.resolve(secret)) };
    return meet(socket, { version: VERSION, language: 'ko', trusted: ignore, ...own }, patience).greeted;
  }

  /** The message of a window that asks; the file of the engine does not exist, so that none can be started. */
  async function asked(): Promise<string> {
    const client = connectEngine({
      enginePath: path.join(store, 'none.js'),
      storePath: store,
      modelPath: null,
      version: VERSION,
      language: 'ko',
      log: ignore,
    });
    try {
      await client.openFolders([FOLDER]);
      await client.search({ folders: [FOLDER.path], query: QUERY, limit: 5, channel: 'hybrid' });
      return '';
    } catch (error) {
      assert.equal((error as Error).name, 'EngineUserError');
      return (error as Error).message;
    } finally {
      client.dispose();
    }
  }

  const hello = { protocol: protocol.PROTOCOL_VERSION, version: VERSION, pid: 1 };
  const LISTENERS: Readonly<Record<string, (connection: MessageConnection) => void>> = {
    'says that it is an engine of an earlier version': connection =>
      connection.onRequest(protocol.HelloRequest, () => hello),
    'says that it is a newer one': connection =>
      connection.onRequest(protocol.HelloRequest, () => ({ ...hello, version: '99.0.0 \u001b[2J거짓말' })),
    'makes up a proof': connection =>
      connection.onRequest(protocol.HelloRequest, () => ({
        ...hello,
        nonce: newNonce(),
        proof: proofOf({ key: newKey(), pipe: '' }, 'engine', { client: newNonce(), engine: newNonce() }),
      })),
    'sends the challenge back': connection =>
      connection.onRequest(protocol.HelloRequest, ({ nonce }) => ({ ...hello, nonce, proof: nonce })),
    'answers with something else': connection =>
      connection.onRequest(protocol.HelloRequest.method, () => ['거짓말']),
    'answers with an error that asks for something': connection =>
      connection.onRequest(protocol.HelloRequest.method, () => {
        throw new Error('거짓말: 비밀번호를 보내세요');
      }),
  };
  for (const [what, welcome] of Object.entries(LISTENERS))
    it(`a listener who came first and ${what} hears nothing that matters, and is not believed`, async () => {
      const heard = await stranger(welcome);
      // The engine itself finds the address taken.
      assert.equal(await claim(store, ignore), null);
      const message = await asked();
      assert.match(message, /증명하지 못한/);
      assert.ok(message.includes(socketPath(store)));
      assert.doesNotMatch(message, /거짓말|99\.0\.0/);
      assert.match(heard(), /malmoi\/hello/);
      assert.doesNotMatch(heard(), /비밀|openFolders|malmoi\/search|malmoi\/prove/);
    });

  it('a listener who repeats what an engine once answered is not believed', async () => {
    await engine(ignore);
    const { socket } = await connected();
    const params = {
      protocol: protocol.PROTOCOL_VERSION,
      version: VERSION,
      language: 'ko',
      nonce: newNonce(),
    };
    const recorded = await messagesOf(socket).sendRequest(protocol.HelloRequest, params);
    assert.match(recorded.proof!, /^[0-9a-f]{64}$/);
    sockets.splice(0).forEach(each => each.destroy());
    for (const server of servers.splice(0)) await new Promise(resolve => server.close(resolve));
    await stranger(connection => connection.onRequest(protocol.HelloRequest, () => recorded));
    assert.deepEqual(await greeted(), { who: 'stranger', mayBeOld: false });
  });

  it('a listener who is silent is not waited for', async () => {
    await stranger(connection =>
      connection.onRequest(protocol.HelloRequest, () => new Promise<never>(ignore)),
    );
    await assert.rejects(greeted(undefined, 50), { name: 'EngineGoneError' });
  });

  it('a listener who sends without end is left', async () => {
    await stranger(connection =>
      connection.onRequest(protocol.HelloRequest, () => ({ ...hello, version: 'x'.repeat(100_000) })),
    );
    await assert.rejects(greeted(), { name: 'EngineGoneError' });
  });

  it('a client with the secret is let in, and one with another is not', async () => {
    let entered = 0;
    await engine(() => void entered++);
    assert.equal((await greeted()).who, 'engine');
    assert.equal(entered, 1);
    assert.equal((await greeted({ key: newKey(), pipe: '' })).who, 'stranger');
    assert.equal(entered, 1);
  });

  const ASKED: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
    'asks at once': [[protocol.StatusRequest.method, undefined]],
    'wants the engine to end': [[protocol.ShutdownRequest.method, undefined]],
    'proves nothing': [[protocol.ProveRequest.method, newNonce()]],
    'makes up a proof': [
      [protocol.HelloRequest.method, { ...hello, language: 'ko', nonce: newNonce() }],
      [protocol.ProveRequest.method, newNonce()],
    ],
  };
  for (const [what, requests] of Object.entries(ASKED))
    it(`a client who ${what} without the secret is dropped`, async () => {
      await engine(() => assert.fail('let in'));
      const { socket, closed } = await connected();
      const connection = messagesOf(socket);
      for (const [method, params] of requests) void connection.sendRequest(method, params).catch(ignore);
      assert.doesNotMatch(await closed, /statusChanged|"result":null/);
    });

  it('a client who repeats the proof of another is dropped', async () => {
    let entered = 0;
    await engine(() => void entered++);
    const secret = (await secretOf(store))!;
    const nonce = newNonce();
    const params = { ...hello, language: 'ko', nonce };
    const first = messagesOf((await connected()).socket);
    const { nonce: engineNonce } = await first.sendRequest(protocol.HelloRequest, params);
    const proof = proofOf(secret, 'client', { client: nonce, engine: engineNonce! });
    await first.sendRequest(protocol.ProveRequest, proof);
    assert.equal(entered, 1);

    const { socket, closed } = await connected();
    const second = messagesOf(socket);
    await second.sendRequest(protocol.HelloRequest, params);
    void second.sendRequest(protocol.ProveRequest, proof).catch(ignore);
    await closed;
    assert.equal(entered, 1);
  });

  it('an engine of an earlier version, which has no proof, is asked to leave, and its successor is met', async () => {
    await stranger(connection => {
      connection.onRequest(protocol.HelloRequest, () => ({ ...hello, protocol: 11, version: '0.4.0' }));
      connection.onRequest(protocol.ShutdownRequest, async () => {
        const [old] = servers.splice(0);
        sockets.splice(0).forEach(each => each.destroy());
        await new Promise(resolve => old!.close(resolve));
        await engine(client => {
          client.onRequest(protocol.OpenFoldersRequest, () => null);
          client.onRequest(protocol.SearchRequest, () => {
            throw new ResponseError(USER_ERROR, 'the successor');
          });
        });
        return null;
      });
    });
    assert.match(await asked(), /successor/);
  });

  it('a client of an earlier version is told which version runs, and no more', async () => {
    await engine(() => assert.fail('let in'), '0.6.0');
    const { socket, closed } = await connected();
    const old = messagesOf(socket);
    const answer = await old.sendRequest(protocol.HelloRequest.method, { protocol: 11, version: VERSION });
    assert.deepEqual(answer, { protocol: protocol.PROTOCOL_VERSION, version: '0.6.0', pid: process.pid });
    void old.sendRequest(protocol.ShutdownRequest).catch(ignore);
    await closed;
  });
});
