/** The engine process with a model that can't be opened. Needs a build. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { access, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectEngine } from '../../src/rpc/connect.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { EngineClient } from '../../src/rpc/engineClient.ts';
import { changeManifest } from '../fakes/realModel.ts';

const ROOT = path.join(import.meta.dirname, '../..');

describe('a model that can’t be opened', function () {
  this.timeout(60_000);
  let root = '';
  let client: EngineClient;

  beforeEach(async () => {
    await access(path.join(ROOT, 'dist/engine.js'));
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-모델-'));
    await cp(path.join(ROOT, 'media/model'), path.join(root, 'model'), { recursive: true });
    await cp(path.join(ROOT, 'test/fixtures/notes'), path.join(root, 'notes'), { recursive: true });
  });
  afterEach(async () => {
    client.dispose();
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  });

  async function opened(): Promise<EngineStatus> {
    client = connectEngine({
      enginePath: path.join(ROOT, 'dist/engine.js'),
      storePath: path.join(root, 'store'),
      modelPath: path.join(root, 'model'),
      version: '0.0.1',
      language: 'ko',
      log: () => undefined,
    });
    const folder = { path: path.join(root, 'notes'), name: 'n', include: [], exclude: [] };
    await client.openFolders([{ ...folder, useIgnoreFiles: true }]);
    let status = await client.status();
    while (status.total === 0 || status.read < status.total || status.problem === null) {
      await sleep(20);
      status = await client.status();
    }
    return status;
  }

  /** All but meaning. */
  async function works(status: EngineStatus): Promise<void> {
    const { documents, failed, problem } = status;
    assert.ok(documents > 3);
    assert.equal(failed, 0);
    assert.match(problem ?? '', /모델/);
    const notes = path.join(root, 'notes');
    const file = (await client.ledger()).find(({ state }) => state === 'indexed')!.path;
    const query = path.basename(file, path.extname(file));
    const found = await client.search({ folders: [notes], query, limit: 5, channel: 'hybrid' });
    assert.ok(found.hits.some(hit => hit.file === file));
    assert.match(found.notice ?? '', /글자로만/);
    // What changes is read as ever.
    await writeFile(path.join(notes, '새 글.md'), '# 새 글\n\n다람쥐 쳇바퀴');
    client.filesChanged([path.join(notes, '새 글.md')]);
    for (;;) {
      const { hits } = await client.search({
        folders: [notes],
        query: '다람쥐 쳇바퀴',
        limit: 1,
        channel: 'lexical',
      });
      if (hits[0]?.file === '새 글.md' && hits[0].waiting !== true) break;
      await sleep(50);
    }
    const after = await client.status();
    assert.equal(after.failed, 0);
    assert.equal(after.problem, problem);
  }

  it('leaves letters, names and changes working where a file of it is missing', async () => {
    await rm(path.join(root, 'model/model.onnx.data'));
    await works(await opened());
  });

  it('does so where its files are whole and the runtime refuses them', async () => {
    const graph = await readFile(path.join(root, 'model/model.onnx'));
    graph.fill(7, 100, 4_000);
    await writeFile(path.join(root, 'model/model.onnx'), graph);
    const sha256 = createHash('sha256').update(graph).digest('hex');
    await changeManifest(path.join(root, 'model'), manifest => ({
      ...manifest,
      files: { ...manifest.files, 'model.onnx': { bytes: graph.length, sha256 } },
    }));
    await works(await opened());
  });
});
