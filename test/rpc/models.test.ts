/** Models over the real socket, in the real engine process. Needs a build (`npm run build`). */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { NetworkSettings } from '../../src/domain/models.ts';
import { connectEngine } from '../../src/rpc/connect.ts';
import type { EngineClient } from '../../src/rpc/engineClient.ts';
import { COMMIT, HubServer, ID, stallAfter, type Fault } from '../fakes/hubServer.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const FIXTURES = path.join(ROOT, 'test/oracle/fixtures');

describe('models of the engine', function () {
  this.timeout(60_000);
  let store = '';
  let notes = '';
  let models = '';
  let hub: HubServer;
  let pid = 0;
  const clients: EngineClient[] = [];

  before(() => access(path.join(ROOT, 'dist/modelInstaller.js')));
  beforeEach(async () => {
    store = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
    notes = path.join(store, 'notes');
    models = path.join(store, 'models');
    await mkdir(notes);
    await writeFile(path.join(notes, '휴가.md'), '직원은 휴가를 쓰기 3일 전에 결재를 받는다.');
    await writeFile(path.join(notes, '장애.md'), '쿠버네티스 노드가 멈춰 서비스가 끊겼다.');
    process.env['MALMOI_MODELS'] = models;
    hub = new HubServer();
    await hub.listen();
  });
  afterEach(async () => {
    delete process.env['MALMOI_MODELS'];
    for (const client of clients.splice(0)) client.dispose();
    // It would end by itself, after some seconds.
    if (pid !== 0) process.kill(pid);
    if (pid !== 0) await ended(pid);
    await hub.close();
    await rm(store, { recursive: true, force: true });
  });

  async function connect(modelPath: string | null = null): Promise<EngineClient> {
    const client = connectEngine({
      enginePath: path.join(ROOT, 'dist/engine.js'),
      storePath: store,
      modelPath,
      version: '0.1.0',
      language: 'ko',
      log: line => {
        const found = /pid (\d+)/.exec(line)?.[1];
        if (found !== undefined) pid = Number(found);
      },
    });
    clients.push(client);
    const folder = { path: notes, name: 'n', include: [], exclude: [], useIgnoreFiles: true };
    await client.openFolders([folder]);
    return client;
  }
  /** The first status that satisfies `condition`. */
  function status(client: EngineClient, condition: (status: EngineStatus) => boolean): Promise<EngineStatus> {
    return new Promise((resolve, reject) => {
      const look = (now: EngineStatus): void => {
        if (!condition(now)) return;
        listener.dispose();
        resolve(now);
      };
      const listener = client.onStatus(look);
      client.status().then(look, reject);
    });
  }
  const idle = (client: EngineClient): Promise<EngineStatus> =>
    status(client, now => now.activity === 'idle' && now.documents === 2 && now.switching === null);
  const import_ = (client: EngineClient, name: string, signal?: AbortSignal): Promise<{ name: string }> =>
    client.importModel({ path: path.join(FIXTURES, name), quantisation: 'fp32' }, signal);
  const entry = async (client: EngineClient, name: string): Promise<Record<string, unknown>> => {
    const found = (await client.listModels()).models.find(model => model.name === name);
    const { embedded, selected, indexed } = found!;
    return { embedded, selected, indexed };
  };
  const network = (): NetworkSettings => ({
    proxy: null,
    noProxy: ['127.0.0.1'],
    strictSsl: true,
    mirror: hub.base,
  });

  it('brings checkpoints in, changes over to them and back, and removes them', async () => {
    const client = await connect();
    await idle(client);
    const embedded = (await client.listModels()).models[0]!;
    assert.deepEqual(await entry(client, embedded.name), { embedded: true, selected: true, indexed: true });
    const steps = new Set<string>();
    client.onStatus(({ job }) => job !== null && steps.add(job.step));
    assert.deepEqual(await import_(client, 'distilbert'), { name: 'distilbert' });
    assert.deepEqual(await import_(client, 'bert'), { name: 'bert' });
    assert.ok(steps.size > 0, 'progress was seen');
    assert.equal((await client.status()).job, null);

    await client.useModel('bert');
    const after = await status(client, now => now.model?.name === 'bert' && now.switching === null);
    assert.deepEqual([after.passages, after.problem], [2, null]);
    assert.deepEqual(await entry(client, 'bert'), { embedded: false, selected: true, indexed: true });
    assert.deepEqual(await entry(client, 'distilbert'), { embedded: false, selected: false, indexed: false });
    assert.match(await readFile(path.join(models, 'selected.json'), 'utf8'), /"bert"/);
    const { hits } = await client.search({ folders: [notes], query: '휴가', limit: 5, channel: 'hybrid' });
    assert.equal(hits[0]!.file, '휴가.md');

    await client.useModel(embedded.name);
    await status(client, now => now.model?.name === embedded.name && now.switching === null);
    assert.equal((await client.status()).tokensPerSecond, 0, 'nothing was encoded again');
    await assert.rejects(client.removeModel(embedded.name), { name: 'EngineUserError' });
    const folder = (await readdir(store)).find(name => name.startsWith('notes-'))!;
    const indexes = async (): Promise<number> => (await readdir(path.join(store, folder))).length;
    // Each with the mark that it is whole.
    assert.equal(await indexes(), 4);
    await client.removeModel('bert');
    assert.equal(await indexes(), 2);
    assert.equal((await readdir(models)).includes('bert'), false);
    await assert.rejects(client.useModel('bert'), {
      name: 'EngineUserError',
      message: /그런 모델이 없습니다/,
    });
  });

  it('refuses to remove the model that answers, and to take one that is installed twice', async () => {
    const client = await connect();
    await idle(client);
    await import_(client, 'distilbert');
    await client.useModel('distilbert');
    await status(client, now => now.model?.name === 'distilbert');
    await assert.rejects(client.removeModel('distilbert'), { message: /지울 수 없습니다/ });
    await assert.rejects(import_(client, 'distilbert'), { message: /이미 있습니다/ });
  });

  /** The hub has a model now, whose weights stall shortly before their end, once; gives their size. */
  async function stalling(): Promise<number> {
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'])
      hub.add(name, await readFile(path.join(FIXTURES, 'distilbert', name)));
    const weights = hub.files.get('model.safetensors')!.length;
    const honest: Fault = ({ serve }) => serve();
    // The small files come first.
    hub.faults = [honest, honest, honest, stallAfter(weights - 1_000)];
    return weights;
  }
  const work = path.join('.work', `download-${ID.replace('/', '--')}-${COMMIT}`);
  /** The server knows what it sent; what has arrived, only the file does. */
  async function arrived(bytes: number): Promise<void> {
    const part = path.join(models, work, 'checkpoint/model.safetensors.part');
    while ((await stat(part).catch(() => null))?.size !== bytes) await sleep(20);
  }

  it('answers searches while a model comes in, refuses a second one, stops and resumes', async () => {
    const weights = await stalling();
    const client = await connect();
    await idle(client);
    const listing = await client.hubListing({ id: ID, network: network() });
    assert.equal(listing.commit, COMMIT);
    assert.ok(listing.bytes > weights);
    const params = { id: ID, commit: COMMIT, network: network(), quantisation: 'fp32' as const };
    const outcome = client.downloadModel(params).then(
      () => 'done',
      (error: Error) => error.name,
    );
    const { job } = await status(client, now => now.job !== null && now.job.done > 0);
    assert.deepEqual(
      [job!.kind, job!.name, job!.step, job!.total],
      ['download', ID, 'download', listing.bytes],
    );
    await arrived(weights - 1_000);
    const { hits } = await client.search({ folders: [notes], query: '휴가', limit: 5, channel: 'hybrid' });
    assert.equal(hits[0]!.file, '휴가.md');
    const other = await connect();
    await assert.rejects(import_(other, 'bert'), { name: 'EngineUserError', message: /PIXIE/ });
    await other.cancelModelJob();
    assert.equal(await outcome, 'AbortError');
    assert.equal((await client.listModels()).models.length, 1);

    assert.deepEqual(await client.downloadModel(params), { name: 'PIXIE-v1.5' });
    assert.equal(hub.ranges('model.safetensors').at(-1), `bytes=${weights - 1_000}-`);
    assert.equal((await client.listModels()).models.length, 2);
  });

  it('leaves nothing of a cancelled import, which can be repeated', async () => {
    const client = await connect();
    await idle(client);
    const abort = new AbortController();
    const importing = import_(client, 'distilbert', abort.signal);
    const cancelled = assert.rejects(importing, { name: 'AbortError' });
    await status(client, now => now.job !== null);
    abort.abort();
    await cancelled;
    assert.equal((await client.listModels()).models.length, 1);
    assert.deepEqual(await readdir(path.join(models, '.work')), []);
    assert.deepEqual(await import_(client, 'distilbert'), { name: 'distilbert' });
  });

  it('goes on bringing a model in when the window that asked for it closes', async () => {
    const client = await connect();
    await idle(client);
    const other = await connect();
    void import_(client, 'distilbert').catch(() => undefined);
    await status(other, now => now.job !== null);
    client.dispose();
    await status(other, now => now.job === null);
    assert.equal((await other.listModels()).models.length, 2);
  });

  it('stops it when the last window is gone, and keeps what has arrived', async () => {
    const weights = await stalling();
    const client = await connect();
    await idle(client);
    const params = { id: ID, commit: COMMIT, network: network(), quantisation: 'fp32' as const };
    const outcome = client.downloadModel(params).then(
      () => 'done',
      () => 'ended',
    );
    await arrived(weights - 1_000);
    client.dispose();
    assert.equal(await outcome, 'ended');
    await ended(pid);
    pid = 0;
    assert.deepEqual(await readdir(path.join(models, work)), ['checkpoint'], 'its lock is gone');
    assert.equal(
      (await stat(path.join(models, work, 'checkpoint/model.safetensors.part'))).size,
      weights - 1_000,
    );
  });

  it('says what is wrong with what it is given', async () => {
    const client = await connect();
    await assert.rejects(client.importModel({ path: notes, quantisation: 'auto' }), {
      name: 'EngineUserError',
      message: /가져올 모델이 들어 있지 않습니다/,
    });
    await assert.rejects(client.hubListing({ id: 'owner/none', network: network() }), {
      message: /허브에 그런 모델이나 파일이 없습니다/,
    });
    assert.equal((await client.status()).job, null);
  });

  it('goes on changing after it was killed; the old model answers until then', async () => {
    const client = await connect();
    await idle(client);
    const { name } = (await client.status()).model!;
    await import_(client, 'distilbert');
    // Paused, the change cannot end before the engine does.
    await client.pause();
    await client.useModel('distilbert');
    await status(client, now => now.switching?.name === 'distilbert');
    assert.equal(
      JSON.parse(await readFile(path.join(store, 'serving.json'), 'utf8')).path.includes('media'),
      true,
    );
    const answered = new Set<string>();
    client.onStatus(({ model }) => model !== null && answered.add(model.name));
    process.kill(pid, 'SIGKILL');
    await new Promise<void>(resolve =>
      client.onConnection(({ state }) => {
        if (state === 'ready') resolve();
      }),
    );
    await status(client, now => now.model?.name === 'distilbert' && now.switching === null);
    assert.deepEqual([...answered], [name, 'distilbert']);
  });

  it('keeps to a model that the settings name', async () => {
    await cp(path.join(ROOT, 'media/model'), path.join(store, 'mine'), { recursive: true });
    const client = await connect(path.join(store, 'mine'));
    const { models: found } = await client.listModels();
    await assert.rejects(client.useModel(found[0]!.name), { message: /malmoi\.modelPath/ });
  });

  it('hears of a choice made on the command line', async () => {
    const client = await connect();
    await idle(client);
    await import_(client, 'distilbert');
    const command = [path.join(ROOT, 'dist/cli.js'), 'model', 'use', 'distilbert', '--store', store];
    const { stderr } = await promisify(execFile)(process.execPath, command);
    assert.match(stderr, /Open windows/);
    await status(client, now => now.model?.name === 'distilbert' && now.switching === null);
  });
});

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
