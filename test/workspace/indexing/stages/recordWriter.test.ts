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
      () => underWay,
    );
  beforeEach(() => {
    [entries, underWay, failure] = [[], 0, null];
  });

  it('writes a file at once where no other is on its way', async () => {
    underWay = 1;
    await open().write(note('a'), true);
    assert.deepEqual(entries, [['a']]);
  });

  it('writes those that come together in one entry, and waits for no more than are on their way', async () => {
    underWay = 3;
    const writer = open();
    await Promise.all(['a', 'b', 'c'].map(path => writer.write(note(path), true)));
    assert.deepEqual(entries, [['a', 'b', 'c']]);
  });

  it('waits for a moment only', async () => {
    underWay = 9;
    await open().write(note('a'), true);
    assert.deepEqual(entries, [['a']]);
  });

  it('waits not at all for what must not, nor for much', async () => {
    underWay = 9;
    const writer = open();
    const first = writer.write(note('a'), true);
    await writer.write(note('b'), false);
    await first;
    await writer.write(note('c', 300), true);
    assert.deepEqual(entries, [['a', 'b'], ['c']]);
  });

  it('gives a file with very many passages an entry of its own', async () => {
    underWay = 3;
    const writer = open();
    const all = [note('a'), note('b', 3_000), note('c')];
    await Promise.all(all.map(record => writer.write(record, true)));
    assert.deepEqual(entries, [['a'], ['b'], ['c']]);
  });

  it('fails those of an entry that could not be written, and goes on', async () => {
    failure = new Error('disk full');
    underWay = 2;
    const writer = open();
    const both = await Promise.allSettled([writer.write(note('a'), true), writer.write(note('b'), true)]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    failure = null;
    await writer.write(note('c'), false);
    assert.deepEqual(entries, [['c']]);
  });
});
