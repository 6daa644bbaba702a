import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FORMAT_VERSION } from '../../../src/index/segment/sections.ts';
import { indexPlace, isWhole, markWhole, removeOlder } from '../../../src/workspace/files/indexPlace.ts';

describe('indexPlace', () => {
  let work = '';
  beforeEach(async () => {
    work = await realpath(await mkdtemp(path.join(os.tmpdir(), 'malmoi-place-')));
  });
  afterEach(() => rm(work, { recursive: true, force: true }));

  it('gives each version of the format a folder of its own, and removes older ones alone', async () => {
    const place = await indexPlace(path.join(work, 'store'), work, 'abc');
    const parent = path.dirname(place.index);
    const own = `abc-v${FORMAT_VERSION}`;
    assert.equal(path.basename(place.index), own);
    for (const name of [own, 'abc', 'abc-v1', 'abc-v99', 'other', 'other-v1'])
      await mkdir(path.join(parent, name), { recursive: true });
    await markWhole(place);
    await markWhole({ index: '', whole: path.join(parent, 'abc-v1.whole') });
    await removeOlder(place);
    const left = await readdir(parent);
    assert.deepEqual(left.sort(), [own, `${own}.whole`, 'abc-v99', 'other', 'other-v1'].sort());
    assert.ok(await isWhole(place));
  });
});
