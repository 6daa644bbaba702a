/** The server on a port of this machine: only programs that know the token, and no page of a browser. Needs a build. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { Agent, CLI, ENVIRONMENT, Notes } from './agents.ts';

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
});

describe('malmoi mcp --http', function () {
  this.timeout(60_000);
  let notes: Notes;
  let server: ChildProcess;
  let address = '';
  let token = '';

  before(async () => {
    notes = await Notes.create({ '휴가.md': '# 휴가\n\n휴가는 결재를 받는다.\n' });
    server = spawn(process.execPath, [CLI, 'mcp', notes.folder, '--store', notes.store, '--http', '0'], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    while (token === '') {
      const [chunk] = (await once(server.stderr!, 'data')) as [Buffer];
      said += chunk.toString();
      address = /http:\S+/.exec(said)?.[0] ?? '';
      token = /Bearer (\S+)/.exec(said)?.[1] ?? '';
    }
  });
  after(async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
    await notes.remove();
  });

  const connect = async (): Promise<Agent> => {
    const client = new Client({ name: 'test', version: '1' });
    const transport = new StreamableHTTPClientTransport(new URL(address), {
      requestInit: { headers: { Authorization: `Bearer ${token}` } },
    });
    await client.connect(transport);
    return new Agent(client, () => '');
  };

  /** The status of a request; Node's own `fetch` lets nobody choose Host and Origin. */
  const statusOf = (headers: Record<string, string>, path = '/mcp'): Promise<number> =>
    new Promise((resolve, reject) => {
      const accepts = { Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json' };
      const request = http.request(
        {
          port: new URL(address).port,
          host: '127.0.0.1',
          path,
          method: 'POST',
          headers: { ...accepts, ...headers },
        },
        response => {
          response.destroy();
          resolve(response.statusCode!);
        },
      );
      request.on('error', reject);
      request.end(INITIALIZE);
    });

  it('listens on the loopback interface, with a token nobody can guess', () => {
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    assert.ok(token.length >= 32);
  });

  it('serves clients that know the token, each in a session of its own', async () => {
    const [one, other] = await Promise.all([connect(), connect()]);
    await one.indexed();
    const first = await one.search('휴가 결재');
    assert.equal(first.fields.hits[0]!.file, '휴가.md');
    await one.close();
    assert.deepEqual((await other.search('휴가 결재')).fields.hits, first.fields.hits);
    const progress: unknown[] = [];
    await other.search('휴가', {}, { onProgress: step => progress.push(step) });
    assert.equal(progress.length, 1);
    await other.close();
  });

  it('refuses everybody else', async () => {
    const good = { Authorization: `Bearer ${token}` };
    assert.equal(await statusOf(good), 200);
    assert.equal(await statusOf({}), 401);
    assert.equal(await statusOf({ Authorization: 'Bearer x' }), 401);
    assert.equal(await statusOf({ Authorization: `Basic ${token}` }), 401);
    assert.equal(await statusOf({ ...good, Host: 'evil.example' }), 403);
    assert.equal(await statusOf({ ...good, Host: '127.0.0.1.evil.example' }), 403);
    assert.equal(await statusOf({ ...good, Host: 'evil@127.0.0.1' }), 403);
    assert.equal(await statusOf({ ...good, Origin: 'https://evil.example' }), 403);
    assert.equal(await statusOf({ ...good, Origin: 'null' }), 403);
    assert.equal(await statusOf({ ...good, Origin: 'http://localhost:3000' }), 200);
    assert.equal(await statusOf(good, '/other'), 404);
    assert.equal(await statusOf({ ...good, 'Mcp-Session-Id': 'unknown' }), 404);
  });
});
