import assert from 'node:assert/strict';
import fc from 'fast-check';
import { logEntry, readLog } from '../../../src/index/log/log.ts';
import { LogFile } from '../../../src/index/log/logFile.ts';
import { joined } from '../../../src/index/segment/byteSink.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';

const image = fc.uint8Array({ maxLength: 60 });
const images = fc.array(image, { maxLength: 8 });
const textOf = (read: readonly Uint8Array[]): string[] => read.map(each => Buffer.from(each).toString('hex'));

describe('the log', function () {
  this.timeout(60_000);

  it('gives back every entry, in order, each in a buffer of its own', () => {
    fc.assert(
      fc.property(images, written => {
        const read = readLog(joined(written.map(logEntry)));
        assert.deepEqual(textOf(read.images), textOf(written));
        assert.equal(read.damaged, 0);
        assert.equal(read.length, joined(written.map(logEntry)).length);
        for (const each of read.images) assert.equal(each.buffer.byteLength, each.length);
      }),
    );
  });

  it('cut off anywhere gives the entries before the cut, and where the last of them ends', () => {
    fc.assert(
      fc.property(images, fc.nat(), (written, chance) => {
        const entries = written.map(logEntry);
        const log = joined(entries);
        const cut = chance % (log.length + 1);
        const ends = entries.map((_, i) => joined(entries.slice(0, i + 1)).length);
        const whole = ends.filter(end => end <= cut).length;
        const read = readLog(log.subarray(0, cut));
        assert.deepEqual(textOf(read.images), textOf(written.slice(0, whole)));
        assert.equal(read.length, ends[whole - 1] ?? 0);
        assert.equal(read.damaged, 0);
      }),
    );
  });

  it('with a damaged byte loses the entry it is in, and no other', () => {
    fc.assert(
      fc.property(
        fc.array(image, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (written, chance, change) => {
          const entries = written.map(logEntry);
          const log = joined(entries).slice();
          const place = chance % log.length;
          log[place]! ^= change;
          let hit = 0;
          for (let end = entries[0]!.length; end <= place; end += entries[hit]!.length) hit++;
          const read = readLog(log);
          assert.deepEqual(textOf(read.images), textOf(written.filter((_, i) => i !== hit)));
          // What is damaged at the end is an entry that was never finished.
          assert.equal(read.damaged, hit === entries.length - 1 ? 0 : 1);
        },
      ),
    );
  });

  it('of anything but entries has none, and is read all the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), noise => {
        const read = readLog(noise);
        assert.deepEqual([read.images.length, read.length, read.damaged], [0, 0, 0]);
      }),
    );
  });
});

describe('the log as a blob', () => {
  let store: MemoryStore;
  beforeEach(() => void (store = new MemoryStore()));
  const entry = (text: string): Uint8Array => logEntry(new TextEncoder().encode(text));
  const read = async (): Promise<string[]> => {
    const { read: found } = await LogFile.open(store, 'log-1');
    return found.images.map(each => new TextDecoder().decode(each));
  };

  it('goes on where the last entry ends, after each opening', async () => {
    for (const text of ['하나', '둘', '셋']) {
      const { log } = await LogFile.open(store, 'log-1');
      await log.append(entry(text));
    }
    assert.deepEqual(await read(), ['하나', '둘', '셋']);
  });

  it('cuts off an unfinished entry before the next one is added', async () => {
    const log = LogFile.empty(store, 'log-1');
    await log.append(entry('하나'));
    await store.append('log-1', entry('끊긴 것').subarray(0, 20));
    const { log: opened } = await LogFile.open(store, 'log-1');
    assert.equal(opened.length, entry('하나').length);
    await opened.append(entry('둘'));
    assert.deepEqual(await read(), ['하나', '둘']);
    assert.equal(await opened.verify(2), null);
  });

  it('does not keep an entry that was written and not acknowledged', async () => {
    const log = LogFile.empty(store, 'log-1');
    await log.append(entry('하나'));
    const append = store.append.bind(store);
    // Written as a whole, and then the sync fails.
    store.append = async (name, bytes) => {
      await append(name, bytes);
      throw new Error('disk');
    };
    await assert.rejects(log.append(entry('둘')), /disk/);
    store.append = append;
    assert.deepEqual(await read(), ['하나']);
    await log.append(entry('셋'));
    assert.deepEqual(await read(), ['하나', '셋']);
  });

  it('removes the remains at the next entry where they could not be removed at once', async () => {
    const log = LogFile.empty(store, 'log-1');
    await log.append(entry('하나'));
    const [append, truncate] = [store.append.bind(store), store.truncate.bind(store)];
    store.append = async (name, bytes) => {
      await append(name, bytes);
      throw new Error('disk');
    };
    store.truncate = () => Promise.reject(new Error('disk'));
    await assert.rejects(log.append(entry('둘')), /disk/);
    store.append = append;
    await assert.rejects(log.append(entry('셋')), /disk/);
    store.truncate = truncate;
    await log.append(entry('셋'));
    assert.deepEqual(await read(), ['하나', '셋']);
  });

  it('says what is damaged, and how many entries are whole', async () => {
    const log = LogFile.empty(store, 'log-1');
    for (const text of ['하나', '둘', '셋']) await log.append(entry(text));
    assert.equal(await log.verify(3), null);
    const bytes = store.blobs.get('log-1')!;
    bytes[entry('하나').length + 18]! ^= 1;
    assert.equal(await log.verify(3), 'log-1: 1 damaged entries');
    store.blobs.set('log-1', entry('하나'));
    assert.equal(await log.verify(3), 'log-1: 1 of 3 entries are whole');
    store.blobs.delete('log-1');
    assert.equal(await log.verify(3), 'log-1: 0 of 3 entries are whole');
  });
});
