import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { probeModel } from '../../src/model/probeModel.ts';
import { sha256 } from '../fakes/hubServer.ts';
import { changeManifest, writeRealModel } from '../fakes/realModel.ts';

describe('probeModel', () => {
  let work = '';
  let model = '';
  before(async () => {
    work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-probe-'));
    await writeRealModel(path.join(work, 'real'), 'real', 10);
  });
  beforeEach(async () => {
    model = path.join(work, 'model');
    await rm(model, { recursive: true, force: true });
    await cp(path.join(work, 'real'), model, { recursive: true });
  });
  after(() => rm(work, { recursive: true, force: true }));

  /** Replaces a file; the manifest says so, as that of a folder made with bad intent would. */
  async function put(name: string, content: Buffer): Promise<void> {
    await writeFile(path.join(model, name), content);
    await changeManifest(model, manifest => ({
      ...manifest,
      files: { ...manifest.files, [name]: { bytes: content.length, sha256: sha256(content) } },
    }));
  }
  const probe = async (): Promise<void> => probeModel(await openModelFolder(model), 1);

  it('takes a model that encodes', async () => {
    await probe();
  });

  it('refuses one whose data lies outside of its folder', async () => {
    const graph = await readFile(path.join(model, 'model.onnx'));
    const inside = Buffer.from('model.onnx.data');
    const outside = Buffer.from('../../../x.data');
    assert.equal(inside.length, outside.length);
    let at = graph.indexOf(inside);
    assert.notEqual(at, -1);
    for (; at !== -1; at = graph.indexOf(inside, at + 1)) outside.copy(graph, at);
    await put('model.onnx', graph);
    await assert.rejects(probe(), { name: 'UserError', code: 'modelUnusable' });
  });

  it('refuses a graph, a tokenizer or weights that are none', async () => {
    await put('model.onnx', Buffer.from('no graph'));
    await assert.rejects(probe(), { code: 'modelUnusable', subject: /^real \(.+\)$/ });
    await cp(path.join(work, 'real'), model, { recursive: true });
    await put('tokenizer.json', Buffer.from('{}'));
    await assert.rejects(probe(), { code: 'modelUnusable' });
    await cp(path.join(work, 'real'), model, { recursive: true });
    const data = await readFile(path.join(model, 'model.onnx.data'));
    await put('model.onnx.data', Buffer.alloc(data.length, 0xff));
    await assert.rejects(probe(), { code: 'modelUnusable', subject: /no weights/ });
  });
});
