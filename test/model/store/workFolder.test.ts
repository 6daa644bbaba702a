import assert from 'node:assert/strict';
import { mkdir, mkdtemp, open, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { diskError } from '../../../src/model/store/download/partFile.ts';
import { cleanLeftovers, WorkFolder } from '../../../src/model/store/workFolder.ts';
import { UserError } from '../../../src/errors/userError.ts';
import { codeOf } from '../../fakes/errorCode.ts';

const DAY = 86_400_000;

describe('WorkFolder', () => {
  let models = '';
  beforeEach(async () => {
    models = await mkdtemp(path.join(os.tmpdir(), 'malmoi-work-'));
  });
  afterEach(() => rm(models, { recursive: true, force: true }));
  const names = (): Promise<string[]> => readdir(path.join(models, '.work'));

  it('belongs to one at a time, and keeps its content for the next', async () => {
    const first = await WorkFolder.open(models, 'a');
    await writeFile(path.join(first.path, 'x'), '1');
    assert.equal(await codeOf(WorkFolder.open(models, 'a')), 'modelBusy');
    await (await WorkFolder.open(models, 'b')).remove();
    await first.keep();
    const second = await WorkFolder.open(models, 'a');
    assert.deepEqual((await readdir(second.path)).sort(), ['lock', 'x']);
    await second.remove();
    assert.deepEqual(await names(), []);
  });

  it('lets one of many win', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => codeOf(WorkFolder.open(models, 'a'))));
    assert.equal(results.filter(code => code === 'fine').length, 1);
  });

  it('takes over from a process that ended, and from one that stopped breathing', async () => {
    await mkdir(path.join(models, '.work/a'), { recursive: true });
    const lock = path.join(models, '.work/a/lock');
    await writeFile(lock, JSON.stringify({ pid: 2 ** 30, host: os.hostname() }));
    await (await WorkFolder.open(models, 'a')).keep();
    await writeFile(lock, JSON.stringify({ pid: process.pid, host: os.hostname() }));
    assert.equal(await codeOf(WorkFolder.open(models, 'a')), 'modelBusy');
    const past = new Date(Date.now() - 600_000);
    await utimes(lock, past, past);
    await (await WorkFolder.open(models, 'a')).keep();
    await writeFile(lock, JSON.stringify({ pid: 1, host: 'another-machine' }));
    assert.equal(await codeOf(WorkFolder.open(models, 'a')), 'modelBusy');
  });

  it('is cleaned up after a day, a download after two weeks, never while locked', async () => {
    for (const key of ['import-1', 'download-x']) await (await WorkFolder.open(models, key)).keep();
    await WorkFolder.open(models, 'import-2').then(async work => writeFile(path.join(work.path, 'x'), ''));
    await cleanLeftovers(models);
    assert.equal((await names()).length, 3);
    await cleanLeftovers(models, Date.now() + 1.1 * DAY);
    assert.deepEqual((await names()).sort(), ['download-x', 'import-2']);
    await cleanLeftovers(models, Date.now() + 15 * DAY);
    assert.deepEqual(await names(), ['import-2']);
    await cleanLeftovers(path.join(models, 'nothing'));
  });
});

describe('diskError', () => {
  it('recognises a full disk', async function () {
    if (process.platform !== 'linux') this.skip();
    const handle = await open('/dev/full', 'w');
    const error = await handle.write('x').catch((thrown: unknown) => diskError(thrown, 'place'));
    await handle.close();
    assert.ok(error instanceof UserError && error.code === 'diskSpace' && error.subject === 'place');
  });
});
