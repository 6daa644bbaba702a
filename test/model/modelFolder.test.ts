import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { dimensionNames } from '../../src/model/dimensions.ts';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { UserError } from '../../src/errors/userError.ts';

const DEFAULT = path.join(import.meta.dirname, '../../media/model');

describe('openModelFolder', () => {
  let copy = '';
  beforeEach(async () => {
    copy = await mkdtemp(path.join(os.tmpdir(), 'malmoi-model-'));
    await cp(DEFAULT, copy, { recursive: true });
  });
  afterEach(() => rm(copy, { recursive: true, force: true }));

  const codeOf = async (): Promise<string> =>
    openModelFolder(copy).then(
      () => 'fine',
      (error: unknown) => (error instanceof UserError ? error.code : String(error)),
    );

  it('opens the embedded model', async () => {
    const folder = await openModelFolder(DEFAULT);
    assert.equal(folder.manifest.name, 'malmoi-ko-mini');
    assert.match(folder.fingerprint, /^[0-9a-f]{16}$/);
    assert.equal((await dimensionNames(folder)).length, folder.manifest.dimensions);
  });
  it('names a missing file', async () => {
    await rm(path.join(copy, 'tokenizer.json'));
    assert.equal(await codeOf(), 'modelMissing');
    await rm(path.join(copy, 'malmoi-model.json'));
    assert.equal(await codeOf(), 'modelMissing');
  });
  it('notices a changed byte', async () => {
    const file = path.join(copy, 'tokens.json');
    const bytes = await readFile(file);
    bytes[10]! ^= 1;
    await writeFile(file, bytes);
    assert.equal(await codeOf(), 'modelDamaged');
  });
  it('notices a manifest that is none, or that points outside', async () => {
    const file = path.join(copy, 'malmoi-model.json');
    const manifest = await readFile(file, 'utf8');
    await writeFile(file, manifest.replace('"tokens.json"', '"../tokens.json"'));
    assert.equal(await codeOf(), 'modelDamaged');
    await writeFile(file, '{}');
    assert.equal(await codeOf(), 'modelDamaged');
  });
  it('has another fingerprint for other prompts', async () => {
    const file = path.join(copy, 'malmoi-model.json');
    const before = await openModelFolder(copy);
    await writeFile(file, (await readFile(file, 'utf8')).replace('query: ', 'Q: '));
    assert.notEqual((await openModelFolder(copy)).fingerprint, before.fingerprint);
  });
});
