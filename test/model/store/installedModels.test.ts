import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { InstalledModels, modelsPath } from '../../../src/model/store/installedModels.ts';
import { UserError } from '../../../src/errors/userError.ts';
import { codeOf } from '../../fakes/errorCode.ts';
import { writeModel } from '../../fakes/fakeConverter.ts';

describe('InstalledModels', () => {
  let folder = '';
  let embedded = '';
  let installed: InstalledModels;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-installed-'));
    embedded = path.join(folder, 'embedded');
    await writeModel(embedded, Buffer.alloc(10), Buffer.from('{}'), { name: 'mini', license: 'Apache-2.0' });
    installed = new InstalledModels(path.join(folder, 'models'), embedded);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const install = (name: string): Promise<void> =>
    writeModel(path.join(folder, 'models', name), Buffer.alloc(100), Buffer.from('{}'), {
      name,
      quantisation: 'w8',
    });
  const selected = async (): Promise<readonly string[]> =>
    (await installed.list()).filter(model => model.selected).map(model => model.name);

  it('has the embedded model before anything is installed', async () => {
    assert.deepEqual(await installed.list(), [
      {
        name: 'mini',
        path: embedded,
        revision: '1',
        license: 'Apache-2.0',
        languages: [],
        bytes: 12,
        quantisation: 'fp32',
        embedded: true,
        selected: true,
      },
    ]);
    assert.equal(await installed.resolve(null), embedded);
    assert.equal(await installed.resolve('mini'), embedded);
  });

  it('lists what is installed, and nothing that is no model', async () => {
    await install('b');
    await install('a');
    await mkdir(path.join(folder, 'models/.work/x'), { recursive: true });
    await mkdir(path.join(folder, 'models/half'));
    await writeFile(path.join(folder, 'models/note.txt'), '');
    assert.deepEqual(
      (await installed.list()).map(({ name, bytes, quantisation, embedded: own }) => [
        name,
        bytes,
        quantisation,
        own,
      ]),
      [
        ['mini', 12, 'fp32', true],
        ['a', 102, 'w8', false],
        ['b', 102, 'w8', false],
      ],
    );
  });

  it('remembers which one is selected, and goes back to the embedded one', async () => {
    await install('a');
    await installed.select('a');
    assert.deepEqual(await selected(), ['a']);
    assert.equal(
      await new InstalledModels(installed.path, embedded).resolve(null),
      path.join(installed.path, 'a'),
    );
    assert.deepEqual((await readdir(installed.path)).sort(), ['a', 'selected.json']);
    await installed.select('mini');
    assert.deepEqual(await selected(), ['mini']);
    assert.equal(await codeOf(installed.select('none')), 'modelUnknown');
    assert.equal(await codeOf(installed.select('../models/a')), 'modelUnknown');
  });

  it('falls back to the embedded one when the selected one is gone or its record is nonsense', async () => {
    await install('a');
    await installed.select('a');
    await rm(path.join(installed.path, 'a'), { recursive: true });
    assert.equal(await installed.resolve(null), embedded);
    for (const text of ['', '{', '{"name": "../embedded"}', '{"name": 1}', 'null']) {
      await writeFile(path.join(installed.path, 'selected.json'), text);
      assert.equal(await installed.resolve(null), embedded);
    }
  });

  it('removes what is not in use', async () => {
    await install('a');
    await install('b');
    await installed.select('a');
    assert.equal(await codeOf(installed.remove('a')), 'modelInUse');
    assert.equal(await codeOf(installed.remove('mini')), 'modelInUse');
    assert.equal(await codeOf(installed.remove('c')), 'modelUnknown');
    await installed.remove('b');
    assert.deepEqual((await readdir(installed.path)).sort(), ['.work', 'a', 'selected.json']);
    assert.deepEqual(await readdir(path.join(installed.path, '.work')), []);
  });

  it('resolves a folder, else a name, else says what there is', async () => {
    await install('a');
    assert.equal(await installed.resolve(embedded), embedded);
    assert.equal(await installed.resolve('a'), path.join(installed.path, 'a'));
    await assert.rejects(installed.resolve(folder), (error: unknown) => {
      assert.ok(error instanceof UserError && error.code === 'modelUnknown');
      assert.equal(error.subject, `${folder} (mini, a)`);
      return true;
    });
  });

  it('says when it cannot remember', async () => {
    await writeFile(installed.path, 'a file');
    const other = path.join(folder, 'other');
    await writeModel(other, Buffer.alloc(1));
    assert.equal(await codeOf(installed.select('mini')), 'modelsUnusable');
    assert.equal(await readFile(installed.path, 'utf8'), 'a file');
  });
});

describe('modelsPath', () => {
  it('is the option, else the environment, else the data folder of the user', () => {
    const environment = { MALMOI_MODELS: '/e' };
    assert.equal(modelsPath(environment, '/o'), path.resolve('/o'));
    assert.equal(modelsPath(environment), path.resolve('/e'));
    assert.match(modelsPath({}), /malmoi.*models$/i);
  });
});
