import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../src/errors/userError.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { probeModel } from '../../src/model/probeModel.ts';

const EMBEDDED = path.join(import.meta.dirname, '../../media/model');

interface Manifest {
  readonly files: Record<string, { sha256: string; bytes: number }>;
}

describe('a model folder of somebody else', function () {
  this.timeout(60_000);
  let work = '';
  beforeEach(async () => void (work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-hostile-model-'))));
  afterEach(() => rm(work, { recursive: true, force: true }));

  /** The embedded model, two folders down, with its manifest changed. */
  async function modelWith(change: (manifest: Manifest, folder: string) => Promise<void>): Promise<string> {
    const folder = path.join(work, 'models', 'model');
    await cp(EMBEDDED, folder, { recursive: true });
    const file = path.join(folder, 'malmoi-model.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
    await change(manifest, folder);
    await writeFile(file, JSON.stringify(manifest));
    return folder;
  }

  it('reads no file outside of it, whatever its graph says', async () => {
    const folder = await modelWith(async ({ files }, place) => {
      // As long as the name that stands in the graph, so that the graph stays sound.
      await copyFile(path.join(place, 'model.onnx.data'), path.join(work, 'secret.bb'));
      const graph = await readFile(path.join(place, 'model.onnx'), 'latin1');
      assert.ok(graph.includes('model.onnx.data'));
      const changed = Buffer.from(graph.replaceAll('model.onnx.data', '../../secret.bb'), 'latin1');
      await writeFile(path.join(place, 'model.onnx'), changed);
      const sha256 = createHash('sha256').update(changed).digest('hex');
      files['model.onnx'] = { sha256, bytes: changed.length };
    });
    const opened = await openModelFolder(folder);
    await assert.rejects(probeModel(opened, 1), (error: unknown) => {
      return error instanceof UserError && error.code === 'modelUnusable';
    });
  });

  for (const name of ['../../secret', '/etc/passwd', 'sub/../../secret', String.raw`..\secret`])
    it(`names no file outside of it: ${name}`, async () => {
      await writeFile(path.join(work, 'secret'), 'x');
      const sha256 = createHash('sha256').update('x').digest('hex');
      const folder = await modelWith(({ files }) => {
        files[name] = { sha256, bytes: 1 };
        return Promise.resolve();
      });
      await assert.rejects(openModelFolder(folder), UserError);
    });
});
