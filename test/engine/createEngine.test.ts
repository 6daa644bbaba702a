/** One engine, in this process or in another: whoever asks sees no difference. Needs a build (`npm run build`). */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../../src/domain/engine.ts';
import { createEngine } from '../../src/engine/createEngine.ts';
import { InstalledModels } from '../../src/model/store/installedModels.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const MODEL = path.join(ROOT, 'media/model');

describe('an engine', function () {
  this.timeout(60_000);
  let store = '';
  let notes = '';
  const engines: Engine[] = [];

  const create = async (): Promise<Engine> => {
    const engine = await createEngine({
      storePath: store,
      modelPath: MODEL,
      modelFixed: true,
      installed: new InstalledModels(path.join(store, 'models'), MODEL),
      version: '0.0.1',
      language: 'ko',
      programs: path.join(ROOT, 'dist'),
      log: () => undefined,
    });
    engines.push(engine);
    return engine;
  };
  const folder = (): {
    path: string;
    name: string;
    include: [];
    exclude: string[];
    useIgnoreFiles: true;
  } => ({
    path: notes,
    name: 'n',
    include: [],
    exclude: ['비밀/**', 'secret.md'],
    useIgnoreFiles: true,
  });

  before(async () => {
    store = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
    notes = await mkdtemp(path.join(os.tmpdir(), 'malmoi-notes-'));
    await writeFile(path.join(notes, '휴가.md'), '# 취업규칙\n\n## 휴가\n\n휴가는 3일 전에 결재를 받는다.\n');
    await writeFile(path.join(notes, '장애.txt'), '노드가 멈춰 서비스가 끊겼다. # 원인 모름\n');
    await writeFile(path.join(notes, 'secret.md'), '휴가 비밀번호\n');
  });
  after(async () => {
    for (const engine of engines.splice(0).reverse()) await engine.close();
    await rm(store, { recursive: true, force: true });
    await rm(notes, { recursive: true, force: true });
  });

  it('searches this machine although the list of team servers cannot be read, and says so', async () => {
    const said: string[] = [];
    const own = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
    const engine = await createEngine({
      storePath: own,
      modelPath: MODEL,
      modelFixed: true,
      installed: new InstalledModels(path.join(own, 'models'), MODEL),
      version: '0.0.1',
      language: 'ko',
      programs: path.join(ROOT, 'dist'),
      log: line => said.push(line),
      teams: () => Promise.reject(new Error('teams.json')),
    });
    try {
      await engine.openFolders([folder()]);
      await engine.updateFolder(notes);
      assert.equal((await engine.status()).documents, 2);
      assert.deepEqual(said, ['teams.json']);
    } finally {
      await engine.close();
      await rm(own, { recursive: true, force: true });
    }
  });

  it('answers the same where it is hosted and where it is reached', async () => {
    const local = await create();
    await local.openFolders([folder()]);
    await local.updateFolder(notes);
    const remote = await create();
    await remote.openFolders([{ ...folder(), asItIs: true }]);
    const answers = async (engine: Engine): Promise<unknown> => {
      const asked = { folders: [notes], query: '휴가 결재', channel: 'hybrid' } as const;
      const { hits } = await engine.search({ ...asked, limit: 5 });
      const why = await engine.explain({ ...asked, folder: notes, file: '장애.txt' });
      const document = await engine.document({ folder: notes, file: '휴가.md' });
      const passages = await engine.passages({ folder: notes, file: '장애.txt' });
      return { hits, why, document, passages, ledger: await engine.ledger() };
    };
    const here = (await answers(local)) as { hits: { file: string }[]; passages: { markup: string }[] };
    assert.equal(here.hits[0]!.file, '휴가.md');
    assert.deepEqual(
      here.passages.map(({ markup }) => markup),
      ['none'],
    );
    assert.deepEqual(await answers(remote), here);
  });

  it('says why a file is where it is', async () => {
    const [engine] = engines;
    const asked = { folders: [notes], folder: notes, channel: 'hybrid' } as const;
    const found = await engine!.explain({ ...asked, query: '휴가 결재 서버', file: '휴가.md' });
    assert.equal(found.rank, 1);
    assert.equal(found.entry?.state, 'indexed');
    assert.deepEqual(
      found.lacking.map(({ text }) => text),
      ['서버'],
    );
    const sum = found.best!.contributions.reduce((total, { value }) => total + value, 0);
    assert.ok(Math.abs(sum - found.best!.score) < 1e-6);
    const hidden = await engine!.explain({ ...asked, query: '휴가 ext:txt -"취업"', file: '휴가.md' });
    assert.deepEqual(
      hidden.hiddenBy.map(({ kind }) => kind),
      ['extension', 'phrase'],
    );
    const filtered = await engine!.explain({
      ...asked,
      query: '휴가',
      file: '휴가.md',
      filter: { extensions: ['txt'] },
    });
    assert.equal(filtered.isFiltered, true);
    const leftOut = await engine!.explain({ ...asked, query: '휴가', file: 'secret.md' });
    assert.equal(leftOut.best, null);
    assert.equal((await engine!.explain({ ...asked, query: '휴가', file: 'nowhere.md' })).entry, null);
  });

  it('says what a file is also where its folder is not searched', async () => {
    const [engine] = engines;
    const asked = {
      folders: [],
      folder: notes,
      channel: 'hybrid',
      query: '휴가 -"취업"',
      file: '휴가.md',
    } as const;
    const { entry, best, hiddenBy } = await engine!.explain(asked);
    assert.deepEqual([entry?.state, best, hiddenBy], ['indexed', null, []]);
  });

  it('reads no file that its folder does not have', async () => {
    const [engine] = engines;
    for (const file of ['../x.md', 'secret.md', '/etc/passwd', 'nowhere.md', 'a/../secret.md'])
      assert.deepEqual(await engine!.document({ folder: notes, file }), { problem: 'vanished' }, file);
    assert.deepEqual(await engine!.document({ folder: os.tmpdir(), file: '휴가.md' }), {
      problem: 'vanished',
    });
  });

  it('gives up when it is told to, here and there', async () => {
    for (const engine of engines) {
      const stopped = AbortSignal.abort();
      const query = { folders: [notes], query: '처음 찾는 말', channel: 'hybrid', limit: 5 } as const;
      await assert.rejects(engine.search(query, { signal: stopped }), { name: 'AbortError' });
      await assert.rejects(engine.lexiconReady({ signal: stopped }), { name: 'AbortError' });
      const request = { folder: notes, file: '휴가.md' };
      await assert.rejects(engine.document(request, { signal: stopped }), { name: 'AbortError' });
    }
  });
});
