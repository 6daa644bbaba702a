import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sha256Of } from '../../src/model/fileHash.ts';
import { VerifiedFiles } from '../../src/model/verifiedFiles.ts';

describe('VerifiedFiles', () => {
  let folder = '';
  let record = '';
  let large = '';
  let small = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-verified-'));
    [record, large, small] = ['verified.json', 'large', 'small'].map(name => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(large, Buffer.alloc(2 << 20));
    await writeFile(small, 'small');
    const verified = new VerifiedFiles(record);
    for (const file of [large, small]) await verified.sha256Of(file);
    await verified.save();
    // What a later process trusts, it does not compute: a wrong hash shows it.
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replace(await sha256Of(large), 'f'.repeat(64)));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('does not read a large file again that has not changed', async () => {
    assert.equal(await new VerifiedFiles(record).sha256Of(large), 'f'.repeat(64));
  });
  it('always reads small files', async () => {
    assert.equal(await new VerifiedFiles(record).sha256Of(small), await sha256Of(small));
    assert.equal((await readFile(record, 'utf8')).includes(small), false);
  });
  it('reads a file again that was written to', async () => {
    const content = Buffer.alloc(2 << 20);
    content[7] = 1;
    await writeFile(large, content);
    assert.equal(await new VerifiedFiles(record).sha256Of(large), await sha256Of(large));
  });
  it('reads everything where its record is damaged', async () => {
    await writeFile(record, '{"version": 1, "files": {"');
    assert.equal(await new VerifiedFiles(record).sha256Of(large), await sha256Of(large));
  });
});
