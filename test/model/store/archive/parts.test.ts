import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { partsOf } from '../../../../src/model/store/archive/parts.ts';
import { UserError } from '../../../../src/errors/userError.ts';

describe('partsOf', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-parts-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const found = async (pointed: string, ...names: readonly string[]): Promise<readonly string[] | string> => {
    for (const name of names) await writeFile(path.join(folder, name), name);
    return partsOf(path.join(folder, pointed)).then(
      parts => parts.map(part => path.basename(part.path)),
      (error: unknown) =>
        error instanceof UserError ? `${error.code} ${path.basename(error.subject)}` : String(error),
    );
  };

  it('is the file itself where it is not split', async () => {
    assert.deepEqual(await found('x.zip', 'x.zip', 'x.zip.001'), ['x.zip']);
    assert.deepEqual(await found('v1.001', 'v1.001', 'v1.002'), ['v1.001']);
  });

  const styles: readonly (readonly [pointed: string, ...names: string[]])[] = [
    ['x.zip.002', 'x.zip.001', 'x.zip.002', 'x.zip.003'],
    ['x.tar.gz.part1', ...Array.from({ length: 12 }, (_, i) => `x.tar.gz.part${i + 1}`)],
    ['x.zip.part02', 'x.zip.part00', 'x.zip.part01', 'x.zip.part02'],
    ['x.tgz.partab', 'x.tgz.partaa', 'x.tgz.partab', 'x.tgz.partac'],
    [
      'x.tar.ba',
      ...Array.from(
        { length: 27 },
        (_, i) => `x.tar.${i < 26 ? 'a' : 'b'}${String.fromCharCode(97 + (i % 26))}`,
      ),
    ],
    ['모델 1.zip.1', '모델 1.zip.1', '모델 1.zip.2'],
    ['x.zip', 'x.zip.001', 'x.zip.002'],
  ];
  for (const [pointed, ...names] of styles)
    it(`finds all parts from ${pointed}`, async () => {
      assert.deepEqual(await found(pointed, ...names, 'y.zip.004', 'x.rar.005'), names);
    });

  it('names the missing part', async () => {
    assert.equal(await found('x.zip.001', 'x.zip.001', 'x.zip.003'), 'archivePartMissing x.zip.002');
    assert.equal(
      await found('y.zip.part10', 'y.zip.part2', 'y.zip.part10'),
      'archivePartMissing y.zip.part1',
    );
    assert.equal(await found('z.tar.ac', 'z.tar.ac', 'z.tar.aa'), 'archivePartMissing z.tar.ab');
    assert.equal(await found('w.zip.002', 'w.zip.001'), 'archivePartMissing w.zip.002');
  });

  it('says that there is no such file', async () => {
    assert.equal(await found('none.zip'), 'importUnreadable none.zip');
    assert.equal(await found('no/x.zip'), 'importUnreadable no');
  });
});
