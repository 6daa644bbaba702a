import assert from 'node:assert/strict';
import type { FileRecord } from '../../../../src/index/records.ts';
import { RecordWriter } from '../../../../src/workspace/indexing/stages/recordWriter.ts';
import { file, pendingPassage } from '../../../fakes/records.ts';

describe('RecordWriter', () => {
  const note = (path: string, passages = 1): FileRecord =>
    file(
      path,
      Array.from({ length: passages }, () => pendingPassage(path)),
    );
  let entries: string[][] = [];
  let underWay = 0;
  let goesOn = false;
  let failure: Error | null = null;
  const open = (): RecordWriter =>
    new RecordWriter(
      {
        replace: async records => {
          await Promise.resolve();
          if (failure !== null) throw failure;
          entries.push(records.map(({ path }) => path));
        },
      },
      { underWay: () => underWay, goesOn: () => goesOn },
    );
  beforeEach(() => {
    [entries, underWay, goesOn, failure] = [[], 0, false, null];
  });

  it('writes a file at once where no other is on its way', async () => {
    underWay = 1;
    await open().write(note('a'), 'any');
    assert.deepEqual(entries, [['a']]);
  });

  it('writes those that come together in one entry, and waits for no more than are on their way', async () => {
    underWay = 3;
    const writer = open();
    await Promise.all(['a', 'b', 'c'].map(path => writer.write(note(path), 'any')));
    assert.deepEqual(entries, [['a', 'b', 'c']]);
  });

  it('waits for a moment only', async () => {
    underWay = 9;
    await open().write(note('a'), 'any');
    assert.deepEqual(entries, [['a']]);
  });

  it('waits not at all for what must not, nor for much', async () => {
    underWay = 9;
    const writer = open();
    const first = writer.write(note('a'), 'any');
    await writer.write(note('b'), 'now');
    await first;
    await writer.write(note('c', 300), 'any');
    assert.deepEqual(entries, [['a', 'b'], ['c']]);
  });

  it('gives a file with very many passages an entry of its own', async () => {
    underWay = 3;
    const writer = open();
    const all = [note('a'), note('b', 3_000), note('c')];
    await Promise.all(all.map(record => writer.write(record, 'any')));
    assert.deepEqual(entries, [['a'], ['b'], ['c']]);
  });

  it('makes larger entries while further files wait, until none is left to wait for', async () => {
    [underWay, goesOn] = [9, true];
    const writer = open();
    const both = [writer.write(note('a', 300), 'any'), writer.write(note('b', 300), 'any')];
    assert.equal(writer.held, 2);
    [underWay, goesOn] = [2, false];
    writer.check();
    await Promise.all(both);
    assert.deepEqual(entries, [['a', 'b']]);
    assert.equal(writer.held, 0);
  });

  it('holds up the reading of others while it has too many passages', async () => {
    [underWay, goesOn] = [9, true];
    const writer = open();
    const all = ['a', 'b', 'c'].map(path => writer.write(note(path, 2_000), 'any'));
    assert.equal(writer.held, 0);
    writer.check();
    await writer.write(note('d'), 'now');
    await Promise.all(all);
    assert.deepEqual(entries, [['a'], ['b'], ['c', 'd']]);
  });

  it('fails those of an entry that could not be written, and goes on', async () => {
    failure = new Error('disk full');
    underWay = 2;
    const writer = open();
    const both = await Promise.allSettled([writer.write(note('a'), 'any'), writer.write(note('b'), 'any')]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    failure = null;
    await writer.write(note('c'), 'now');
    assert.deepEqual(entries, [['c']]);
  });
});
