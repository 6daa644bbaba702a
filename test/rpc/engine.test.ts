/** The real engine process over the real socket. Needs a build (`npm run build`). */
import assert from 'node:assert/strict';
import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ShutdownRequest } from '../../src/rpc/protocol.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { FolderOptions } from '../../src/domain/folder.ts';
import { connectEngine } from '../../src/rpc/connect.ts';
import { connectSocket, secretOf } from '../../src/rpc/endpoint.ts';
import { meet } from '../../src/rpc/greeting.ts';
import { RelevanceFeedback } from '../../src/workspace/feedback/relevanceFeedback.ts';
import type { ConnectionState, EngineClient } from '../../src/rpc/engineClient.ts';

const ROOT = path.join(import.meta.dirname, '../..');

describe('engine process', function () {
  this.timeout(60_000);
  let store = '';
  let notes = '';
  const clients: EngineClient[] = [];
  const pids: number[] = [];

  before(() => access(path.join(ROOT, 'dist/engine.js')));
  beforeEach(async () => {
    store = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
    notes = await mkdtemp(path.join(os.tmpdir(), 'malmoi-글 🙂-'));
    process.env['MALMOI_FEEDBACK'] = path.join(store, 'feedback');
    await writeFile(
      path.join(notes, '휴가.md'),
      '# 취업규칙\n\n## 휴가\n\n직원은 휴가를 쓰기 3일 전에 결재를 받는다.',
    );
    await writeFile(path.join(notes, '장애.md'), '# 장애 보고\n\n쿠버네티스 노드가 멈춰 서비스가 끊겼다.');
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.dispose();
    for (const pid of pids.splice(0)) await ended(pid);
    delete process.env['MALMOI_FEEDBACK'];
    await rm(store, { recursive: true, force: true });
    await rm(notes, { recursive: true, force: true });
  });

  function connect(modelPath: string | null = path.join(ROOT, 'media/model')): EngineClient {
    const client = connectEngine({
      enginePath: path.join(ROOT, 'dist/engine.js'),
      storePath: store,
      modelPath,
      version: '0.0.1',
      language: 'ko',
      log: line => {
        const pid = /pid (\d+)/.exec(line)?.[1];
        if (pid !== undefined) pids.push(Number(pid));
      },
    });
    clients.push(client);
    return client;
  }
  const folder = (): FolderOptions => ({
    path: notes,
    name: 'n',
    include: [],
    exclude: [],
    useIgnoreFiles: true,
  });
  it('keeps what is said of a hit, for open folders alone', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    const said = { query: '휴가', file: '휴가.md', headings: [], text: '글', verdict: 'relevant' } as const;
    await client.judge({ folder: notes, ...said });
    assert.deepEqual(
      (await new RelevanceFeedback(store).read(notes)).map(({ query, verdict }) => [query, verdict]),
      [['휴가', 'relevant']],
    );
    await assert.rejects(client.judge({ folder: os.tmpdir(), ...said }), { name: 'EngineUserError' });
  });

  it('shows what was said of a hit when the same query finds it again', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    await idle(client, 2);
    const verdicts = async (query: string): Promise<unknown> =>
      (await search(client, query)).hits.map(({ file, verdict }) => [file, verdict ?? null]);
    const [hit] = (await search(client, '휴가 결재')).hits;
    const { file, headings, text } = hit!;
    await client.judge({ folder: notes, query: '휴가 결재', file, headings, text, verdict: 'notRelevant' });
    assert.deepEqual(((await verdicts('휴가 결재')) as unknown[])[0], ['휴가.md', 'notRelevant']);
    assert.deepEqual(((await verdicts('휴가')) as unknown[])[0], ['휴가.md', null]);
  });

  const search = (client: EngineClient, query: string): ReturnType<EngineClient['search']> =>
    client.search({ folders: [notes], query, limit: 5, channel: 'hybrid' });

  /** The status after everything has been settled. */
  async function idle(client: EngineClient, documents: number): Promise<EngineStatus> {
    for (;;) {
      const status = await client.status();
      if (status.activity === 'failed') throw new Error(status.problem ?? '');
      if (status.activity === 'idle' && status.documents === documents) return status;
      await new Promise(resolve => {
        const listener = client.onStatus(() => {
          listener.dispose();
          resolve(null);
        });
        setTimeout(resolve, 500);
      });
    }
  }
  const state = (client: EngineClient, wanted: ConnectionState['state']): Promise<ConnectionState> =>
    new Promise(resolve => {
      if (client.connection.state === wanted) resolve(client.connection);
      client.onConnection(now => {
        if (now.state === wanted) resolve(now);
      });
    });

  it('tells nothing to somebody who has reached it and proves nothing', async () => {
    const client = connect();
    await client.openFolders([]);
    const eavesdropper = (await connectSocket(store))!;
    let heard = '';
    eavesdropper.on('data', (data: Buffer) => (heard += data.toString('utf8')));
    let told = 0;
    client.onStatus(() => void told++);
    await client.openFolders([folder()]);
    await idle(client, 2);
    assert.ok(told > 0, 'the client itself is told');
    const closed = new Promise(resolve => eavesdropper.once('close', resolve));
    eavesdropper.end();
    await closed;
    assert.equal(heard, '');
  });

  it('indexes, finds by meaning, and explains', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    await idle(client, 2);
    const stages: string[] = [];
    const { hits } = await client.search(
      { folders: [notes], query: 'k8s 서버가 죽었다', limit: 5, channel: 'hybrid' },
      { onLexical: result => stages.push(result.stage) },
    );
    assert.deepEqual(stages, ['lexical']);
    assert.equal(hits[0]!.file, '장애.md');
    const sum = hits[0]!.contributions.reduce((total, { value }) => total + value, 0);
    assert.ok(Math.abs(sum - hits[0]!.score) < 1e-6);
  });

  it('also looks for other forms of a word, once it knows the words; a glossary is read when it is saved', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    await idle(client, 2);
    const forms = async (query: string): Promise<readonly string[]> =>
      (await search(client, query)).rewritings.map(({ kind, to }) => `${kind} ${to}`);
    const until = async (query: string, wanted: readonly string[]): Promise<void> => {
      for (let found = await forms(query); found.join() !== wanted.join(); found = await forms(query))
        await new Promise(resolve => setTimeout(resolve, 100));
    };
    await until('rufwo', ['layout 결재']);
    const { hits } = await search(client, 'rufwo');
    assert.equal(hits[0]!.file, '휴가.md');
    assert.ok(
      hits[0]!.contributions.some(({ kind, token }) => kind === 'rewritten' && token === '결재 (rufwo)'),
    );
    await mkdir(path.join(notes, '.malmoi'));
    const glossary = path.join(notes, '.malmoi/glossary.txt');
    await writeFile(glossary, '승인, 결재\n외톨이\n');
    client.filesChanged([glossary]);
    await until('승인', ['glossary 결재']);
    assert.match((await client.status()).problem!, /glossary\.txt \(2\)/);
    await writeFile(glossary, '승인, 휴가\n');
    client.filesChanged([glossary]);
    await until('승인', ['glossary 휴가']);
    assert.equal((await client.status()).problem, null);
  });

  it('uses the installed model that is selected, where no folder is said', async () => {
    const models = path.join(store, 'models');
    await cp(path.join(ROOT, 'media/model'), path.join(models, 'chosen'), { recursive: true });
    const manifest = path.join(models, 'chosen/malmoi-model.json');
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"malmoi-ko-mini"', '"chosen"'));
    await writeFile(path.join(models, 'selected.json'), '{"name": "chosen"}');
    process.env['MALMOI_MODELS'] = models;
    try {
      const client = connect(null);
      await client.openFolders([folder()]);
      assert.equal((await idle(client, 2)).model?.name, 'chosen');
    } finally {
      delete process.env['MALMOI_MODELS'];
    }
  });

  it('is shared by windows and ends after the last one', async () => {
    const first = connect();
    await first.openFolders([folder()]);
    await idle(first, 2);
    const second = connect();
    await second.openFolders([folder()]);
    assert.equal(pids.length, 1);
    first.dispose();
    assert.equal((await search(second, '휴가')).hits[0]!.file, '휴가.md');
    second.dispose();
    await ended(pids[0]!);
    pids.length = 0;
    assert.equal((await readdir(store)).includes('engine.sock'), false);
  });

  it('hands over to the next engine when it ends: nothing that is asked meanwhile is lost or empty', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    await idle(client, 2);
    for (let round = 0; round < 2; round++) {
      const before = pids.at(-1)!;
      await shutDown(store);
      // Before, while and after the engine lets go of the store.
      const answers = [search(client, '휴가')];
      await new Promise(resolve => setImmediate(resolve));
      answers.push(search(client, '휴가'));
      await ended(before);
      answers.push(search(client, '휴가'));
      for (const { hits } of await Promise.all(answers)) assert.equal(hits[0]!.file, '휴가.md');
      assert.equal(pids.length, round + 2);
    }
    assert.equal((await idle(client, 2)).tokensPerSecond, 0, 'nothing was encoded again');
    const { state: now } = client.connection;
    assert.equal(now, 'ready');
  });

  it('leaves a folder as others have opened it for a client that only looks', async () => {
    const window = connect();
    await window.openFolders([{ ...folder(), exclude: ['장애.md'] }]);
    await idle(window, 1);
    const other = connect();
    await other.openFolders([{ ...folder(), asItIs: true }]);
    await other.updateFolder(notes);
    assert.equal((await other.status()).documents, 1);
  });

  it('comes back after it was killed, with its index', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    await idle(client, 2);
    const restarted = state(client, 'restarting');
    process.kill(pids[0]!, 'SIGKILL');
    await restarted;
    await state(client, 'ready');
    assert.equal((await search(client, '휴가')).hits[0]!.file, '휴가.md');
    assert.equal((await idle(client, 2)).tokensPerSecond, 0, 'nothing was encoded again');
  });

  it('gives up after it kept dying, says so, and starts again when told to', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    const failed = state(client, 'failed');
    const killer = client.onConnection(now => {
      if (now.state === 'ready') process.kill(pids.at(-1)!, 'SIGKILL');
    });
    process.kill(pids[0]!, 'SIGKILL');
    const end = await failed;
    killer.dispose();
    assert.ok(end.state === 'failed' && end.message.includes('다시 시작'));
    await assert.rejects(search(client, '휴가'), { name: 'EngineUserError' });
    await client.restart();
    await idle(client, 2);
    assert.equal((await search(client, '휴가')).hits[0]!.file, '휴가.md');
  });

  it('cancels a search', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    const abort = new AbortController();
    const searching = client.search(
      { folders: [notes], query: '휴가', limit: 5, channel: 'hybrid' },
      { signal: abort.signal },
    );
    abort.abort();
    await assert.rejects(searching, { name: 'AbortError' });
  });

  it('pauses, resumes, rebuilds, and hears of changed files', async () => {
    const client = connect();
    await client.openFolders([folder()]);
    await idle(client, 2);
    await client.pause();
    await writeFile(path.join(notes, '새.md'), '새로 쓴 글');
    client.filesChanged([path.join(notes, '새.md')]);
    assert.equal((await client.status()).activity, 'paused');
    await client.resume();
    await idle(client, 3);
    await client.rebuild();
    assert.ok((await idle(client, 3)).tokensPerSecond > 0);
    const rows = await client.ledger();
    assert.deepEqual(rows.map(row => [row.path, row.state]).sort(), [
      ['새.md', 'indexed'],
      ['장애.md', 'indexed'],
      ['휴가.md', 'indexed'],
    ]);
  });

  it('still finds literally without a model, and says so', async () => {
    const client = connect(path.join(store, 'no-model'));
    await client.openFolders([folder()]);
    const status = await idle(client, 2);
    assert.match(status.problem!, /모델 파일이 없습니다/);
    const { hits, notice } = await search(client, '결재');
    assert.equal(hits[0]!.file, '휴가.md');
    assert.match(notice!, /글자로만/);
  });

  it('says that a folder is not there', async () => {
    const client = connect();
    await assert.rejects(client.openFolders([{ ...folder(), path: path.join(notes, 'nowhere') }]), {
      name: 'EngineUserError',
    });
  });
});

/** As a newer window does it. */
async function shutDown(store: string): Promise<void> {
  const socket = (await connectSocket(store))!;
  const { connection, greeted } = meet(socket, {
    version: '0.0.2',
    language: 'ko',
    secret: () => secretOf(store),
    trusted: () => undefined,
  });
  assert.equal((await greeted).who, 'engine');
  await connection.sendRequest(ShutdownRequest);
  connection.dispose();
  socket.destroy();
}

async function ended(pid: number): Promise<void> {
  for (let i = 0; i < 400; i++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  process.kill(pid, 'SIGKILL');
  throw new Error(`engine ${pid} did not end`);
}
