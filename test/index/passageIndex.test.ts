import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileHead } from '../../src/index/records.ts';
import { crc32 } from '../../src/index/segment/crc32.ts';
import { logEntry } from '../../src/index/log/log.ts';
import { FileTable } from '../../src/index/segment/fileTable.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { file, passage, pendingPassage, vectorOf } from '../fakes/records.ts';

const note = (path: string, text: string): ReturnType<typeof file> =>
  file(path, [passage(text, vectorOf({ [text.length]: 1 }))], [`태그/${path}`]);

/** Path -> text of its first passage, as the index has it. */
async function contents(index: PassageIndex): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const head of index.heads()) {
    const place = index.place(head.path)!;
    const { first } = place.segment.passagesOf(place.file);
    found.set(head.path, await place.segment.text(first));
  }
  return new Map([...found].sort());
}

/** Texts that a search would see. */
async function visible(index: PassageIndex): Promise<string[]> {
  const texts: string[] = [];
  const { segments, release } = index.acquire();
  for (const segment of segments)
    for (let p = 0; p < segment.passageCount; p++)
      if (segment.live[p] === 1) texts.push(await segment.text(p));
  release();
  return texts.sort();
}

/** The table of files and the flags of passages are those of the same segments when they are added anew. */
function assertAsAnew(index: PassageIndex): void {
  const { segments, release } = index.acquire();
  const flags = (): unknown[] =>
    segments.map(({ live, liveCount, liveBodyLength }) => [[...live], liveCount, liveBodyLength]);
  const state = ({ heads, counts }: Pick<FileTable, 'counts'> & { heads: Iterable<FileHead> }): unknown => [
    [...heads].sort((a, b) => (a.path < b.path ? -1 : 1)),
    { ...counts },
    flags(),
  ];
  const before = state({ heads: index.heads(), counts: index.counts });
  const table = new FileTable();
  for (const segment of segments) {
    segment.markAllLive();
    table.add(segment);
  }
  assert.deepEqual(before, state({ heads: table.heads(), counts: table.counts }));
  release();
}

/** As if another version had written the file. */
function setVersion(image: Uint8Array, version: number): void {
  const view = new DataView(image.buffer, image.byteOffset);
  view.setUint32(4, version, true);
  const start = crc32(image.subarray(20, 24), crc32(image.subarray(0, 16)));
  view.setUint32(16, crc32(image.subarray(24, 24 + 20 * view.getUint32(12, true)), start), true);
}

describe('PassageIndex', () => {
  it('counts words over its segments, a block at a time', async () => {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    const words = Array.from({ length: 300 }, (_, i) => `낱말${String(i).padStart(3, '0')}`);
    await index.replace([note('a', words.join(', ')), note('b', '예산안 쿠버네티스(Kubernetes)')]);
    await index.flush();
    await index.replace([note('c', `예산안 ${words[7]!}`)]);
    let rests = 0;
    const counts = (prefix: string): Promise<Map<string, number>> =>
      index.termCounts(prefix, () => Promise.resolve(void rests++));
    const found = await counts('\u0001');
    assert.ok(rests > 3);
    assert.deepEqual(
      [...found].sort(),
      [...words.map((word, i) => [word, i === 7 ? 2 : 1]), ['예산안', 2], ['kubernetes', 1], ['쿠버네티스', 1]].sort(),
    ); // prettier-ignore
    assert.deepEqual([...(await counts('\u0002'))], [['쿠버네티스\tkubernetes', 1]]);
  });

  it('keeps what was acknowledged, also when opened again', async () => {
    const store = new MemoryStore();
    const index = await PassageIndex.open(store, 'f');
    await index.replace([note('a', '하나'), note('b', '둘')]);
    await index.replace([note('a', '하나 고침')]);
    await index.remove(['b']);
    for (const opened of [index, await PassageIndex.open(store, 'f')]) {
      assert.deepEqual(await contents(opened), new Map([['a', '하나 고침']]));
      assert.deepEqual(await visible(opened), ['하나 고침']);
      assert.deepEqual(opened.damage, []);
    }
  });

  it('knows which passages wait for their vectors, through flushes, merges, new dates and restarts', async () => {
    const store = new MemoryStore();
    const index = await PassageIndex.open(store, 'f');
    const half = file('a', [pendingPassage('하나'), passage('둘', vectorOf({ 2: 1 })), pendingPassage('셋')]);
    await index.replace([note('0', '앞'), half, note('b', '뒤')]);
    const look = (opened: PassageIndex): unknown[] =>
      [...opened.heads()].map(({ path, pendingCount }) => [path, pendingCount]).sort();
    const wanted = [
      ['0', 0],
      ['a', 2],
      ['b', 0],
    ];
    assert.deepEqual(look(index), wanted);
    await index.flush();
    const { passages: _, ...head } = half;
    await index.updateMetadata({ ...head, modified: 9 });
    assert.deepEqual(look(index), wanted);
    await index.flush();
    const again = await PassageIndex.open(store, 'f');
    assert.deepEqual([look(again), again.head('a')!.modified, again.damage], [wanted, 9, []]);
    assert.deepEqual(await again.verify(), []);
    await again.replace([file('a', [passage('하나', vectorOf({ 1: 1 }))])]);
    await again.flush();
    assert.deepEqual(look(again), [
      ['0', 0],
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('brings no vector along from a passage that has none yet, and loses none to it', async () => {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    const { hash } = pendingPassage('같은 글');
    await index.replace([file('a', [pendingPassage('같은 글')])]);
    assert.equal(await index.vectorOf(hash), null);
    await index.replace([file('b', [passage('같은 글', vectorOf({ 7: 1 }))])]);
    await index.replace([file('c', [pendingPassage('같은 글')])]);
    assert.deepEqual([...(await index.vectorOf(hash))!.dimensions], [7]);
    await index.flush();
    // Gone from every file that had it: those that wait for it still find it.
    await index.remove(['b']);
    await index.flush();
    await index.replace([note('d', '다른 글')]);
    await index.flush();
    assert.deepEqual([...(await index.vectorOf(hash))!.dimensions], [7]);
  });

  it('behaves like a map under any history of changes, flushes and restarts', async () => {
    const change = fc.oneof(
      fc.record({
        kind: fc.constant('put' as const),
        path: fc.constantFrom('a', 'b', 'c'),
        text: fc.string(),
      }),
      fc.record({ kind: fc.constant('putAll' as const), text: fc.string() }),
      fc.record({
        kind: fc.constantFrom('remove' as const, 'updateMetadata' as const),
        path: fc.constantFrom('a', 'b', 'c'),
      }),
      fc.record({ kind: fc.constantFrom('flush' as const, 'reopen' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 25 }), async changes => {
        const store = new MemoryStore();
        const model = new Map<string, string>();
        const stamps = new Map<string, number>();
        let stamp = 10;
        const open = (): Promise<PassageIndex> => PassageIndex.open(store, 'f', { largeChange: 2 });
        let index = await open();
        for (const step of changes) {
          if (step.kind === 'putAll') {
            await index.replace(['a', 'd'].map(path => note(path, step.text)));
            for (const path of ['a', 'd']) {
              model.set(path, step.text);
              stamps.set(path, 2);
            }
          } else if (step.kind === 'put') {
            await index.replace([note(step.path, step.text)]);
            model.set(step.path, step.text);
            stamps.set(step.path, 2);
          } else if (step.kind === 'updateMetadata') {
            const { passages: _, ...head } = note(step.path, '');
            await index.updateMetadata({ ...head, tags: [], modified: ++stamp });
            if (model.has(step.path)) stamps.set(step.path, stamp);
          } else if (step.kind === 'remove') {
            await index.remove([step.path]);
            model.delete(step.path);
          } else if (step.kind === 'flush') await index.flush();
          else index = await open();
          assert.deepEqual(await contents(index), new Map([...model].sort()));
          assert.deepEqual(await visible(index), [...model.values()].sort());
          assertAsAnew(index);
          for (const path of model.keys()) {
            const { modified, passageCount, keepsPassages, tags } = index.head(path)!;
            assert.deepEqual([modified, passageCount, keepsPassages], [stamps.get(path), 1, undefined]);
            const { segment, file: number } = index.place(path)!;
            assert.equal(segment.file(number).modified, modified);
            // A stamp says nothing of tags: they are the content's.
            assert.deepEqual(tags, [`태그/${path}`]);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('flushes and merges by itself, and keeps few segments', async () => {
    const store = new MemoryStore();
    const index = await PassageIndex.open(store, 'f');
    for (let i = 0; i < 3_000; i++) await index.replace([note(`n${i % 2_500}`, `글 ${i}`)]);
    assert.equal(index.fileCount, 2_500);
    const named = [...store.blobs.keys()].filter(name => name.startsWith('segment'));
    assert.ok(named.length <= 9, `${named.length} segments`);
    assert.deepEqual(await contents(await PassageIndex.open(store, 'f')), await contents(index));
  }).timeout(60_000);

  it('merges beside changes and searches, and what a search began with stays readable', async () => {
    const numbers = fc.array(fc.nat(40), { minLength: 30, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(numbers, fc.infiniteStream(fc.nat(3)), async (paths, waits) => {
        const store = new MemoryStore();
        const pace = async (): Promise<void> => {
          for (let left = waits.next().value as number; left > 0; left--) await new Promise(setImmediate);
        };
        const index = await PassageIndex.open(store, 'f', { pace });
        const model = new Map<string, string>();
        const merging: Promise<void>[] = [];
        for (const [i, number] of paths.entries()) {
          const path = `n${number}`;
          if (i % 11 === 10) {
            await index.remove([path]);
            model.delete(path);
          } else if (i % 7 === 6) {
            const { passages: _, ...head } = note(path, '');
            await index.updateMetadata({ ...head, modified: 100 + i });
          } else {
            await index.replace([note(path, `글 ${i}`)]);
            model.set(path, `글 ${i}`);
          }
          if (i % 3 === 0) merging.push(index.flush());
          const { segments, release } = index.acquire();
          await pace();
          const texts = await Promise.all(
            segments.flatMap(one => [...one.live.keys()].map(p => one.text(p))),
          );
          assert.ok(texts.length >= model.size);
          release();
          assert.deepEqual(await visible(index), [...model.values()].sort());
          assertAsAnew(index);
        }
        await Promise.all(merging);
        for (const opened of [index, await PassageIndex.open(store, 'f')]) {
          assert.deepEqual(await contents(opened), new Map([...model].sort()));
          assert.deepEqual([...opened.damage, ...(await opened.verify())], []);
        }
        await index.close();
        const named = [...store.blobs.keys()].filter(name => name.startsWith('segment'));
        assert.ok(named.length <= 9, named.join(' '));
      }),
      { numRuns: 25 },
    );
  }).timeout(60_000);

  it('closes in the midst of merging, and loses nothing', async () => {
    const store = new MemoryStore();
    let index = await PassageIndex.open(store, 'f', { pace: () => new Promise(setImmediate) });
    for (let round = 0; round < 20; round++) {
      await index.replace([note(`n${round % 7}`, `글 ${round}`)]);
      const flushing = index.flush();
      for (let turn = 0; turn < round; turn++) await new Promise(setImmediate);
      await index.close();
      await flushing;
      index = await PassageIndex.open(store, 'f', { pace: () => new Promise(setImmediate) });
      assert.equal(index.fileCount, Math.min(7, round + 1));
      assert.deepEqual([...index.damage, ...(await index.verify())], []);
    }
  });

  it('loses nothing acknowledged when the store fails at any change', async () => {
    for (let failAt = 0; failAt < 40; failAt++) {
      const store = new MemoryStore();
      const index = await PassageIndex.open(store, 'f');
      let changes = 0;
      store.beforeChange = () => {
        if (changes++ === failAt) throw new Error('disk full');
      };
      const acknowledged = new Map<string, string>();
      for (let i = 0; i < 12; i++) {
        await index.replace([note(`n${i % 5}`, `글 ${i}`)]).then(
          () => acknowledged.set(`n${i % 5}`, `글 ${i}`),
          () => undefined,
        );
        if (i % 4 === 3) await index.flush().catch(() => undefined);
      }
      store.beforeChange = () => undefined;
      const reopened = await PassageIndex.open(store, 'f');
      for (const [path, text] of acknowledged)
        assert.equal((await contents(reopened)).get(path), text, `failing at change ${failAt}`);
    }
  });

  it('drops a damaged segment alone, and says so', async () => {
    const store = new MemoryStore();
    const index = await PassageIndex.open(store, 'f');
    await index.replace([note('a', '하나')]);
    await index.flush();
    await index.replace([note('b', '둘')]);
    const name = [...store.blobs.keys()].find(blob => blob.startsWith('segment'))!;
    store.blobs.get(name)![100]! ^= 1;
    const reopened = await PassageIndex.open(store, 'f');
    assert.deepEqual(await contents(reopened), new Map([['b', '둘']]));
    assert.match(reopened.damage[0]!, new RegExp(name));
  });

  it('begins anew when the manifest is damaged or the fingerprint is another', async () => {
    const store = new MemoryStore();
    await (await PassageIndex.open(store, 'f')).replace([note('a', '하나')]);
    assert.equal((await PassageIndex.open(store, 'g')).fileCount, 0);
    store.blobs.get('manifest')![30]! ^= 1;
    const reopened = await PassageIndex.open(store, 'g');
    assert.equal(reopened.fileCount, 0);
    assert.equal(reopened.damage.length, 1);
    await reopened.replace([note('b', '둘')]);
    assert.equal((await PassageIndex.open(store, 'g')).fileCount, 1);
  });

  it('shares the vector of equal text, also of a file that is gone', async () => {
    const index = await PassageIndex.open(new MemoryStore(), 'f');
    const record = note('a', '같은 글');
    await index.replace([record]);
    await index.remove(['a']);
    assert.deepEqual((await index.vectorOf(record.passages[0]!.hash))?.dimensions, Uint32Array.of(4));
    assert.equal(await index.vectorOf('0'.repeat(32)), null);
  });

  it('keeps the vectors of what is gone for a while, also when it is merged away', async () => {
    const store = new MemoryStore();
    let index = await PassageIndex.open(store, 'f');
    const records = Array.from({ length: 30 }, (_, i) => note('a', `글 ${'가'.repeat(i)}`));
    for (const [i, record] of records.entries()) {
      await index.replace([record]);
      if (i % 4 === 3) await index.flush();
      if (i % 9 === 8) index = await PassageIndex.open(store, 'f');
    }
    await index.remove(['a']);
    await index.flush();
    index = await PassageIndex.open(store, 'f');
    assert.equal(index.passageCount, 0);
    for (const { passages } of records)
      assert.deepEqual(await index.vectorOf(passages[0]!.hash), passages[0]!.vector);
    // One blob is written again and again, not one a change.
    assert.equal([...store.blobs.keys()].filter(name => name.startsWith('retired')).length, 1);
    const [name] = [...store.blobs.keys()].filter(blob => blob.startsWith('retired'));
    store.blobs.get(name!)![30]! ^= 1;
    index = await PassageIndex.open(store, 'f');
    assert.match(index.damage.join(), /^retired-/);
    assert.equal(await index.vectorOf(records[0]!.passages[0]!.hash), null);
    assert.deepEqual((await PassageIndex.open(store, 'f')).damage, []);
  });

  it('leaves an index of a newer format as it is, and begins an older one anew without a word', async () => {
    const store = new MemoryStore();
    await (await PassageIndex.open(store, 'f')).replace([note('a', '하나')]);
    const manifest = store.blobs.get('manifest')!;
    setVersion(manifest, 99);
    const before = new Map(store.blobs);
    await assert.rejects(PassageIndex.open(store, 'f'), { name: 'DamagedError', version: 'newer' });
    assert.deepEqual(store.blobs, before);
    setVersion(manifest, 1);
    const older = await PassageIndex.open(store, 'f');
    assert.deepEqual([older.fileCount, older.damage], [0, []]);
  });

  it('never takes up the log of an index that was begun in the same millisecond', async () => {
    const now = Date.now;
    Date.now = () => 1_800_000_000_000;
    try {
      const store = new MemoryStore();
      await (await PassageIndex.open(store, 'f')).replace([note('a', '하나')]);
      setVersion(store.blobs.get('manifest')!, 1);
      assert.equal((await PassageIndex.open(store, 'f')).fileCount, 0);
    } finally {
      Date.now = now;
    }
  });

  it('leaves a segment or log entry of a newer format as it is', async () => {
    for (const flushed of [true, false]) {
      const store = new MemoryStore();
      const index = await PassageIndex.open(store, 'f');
      await index.replace([note('a', '하나')]);
      if (flushed) await index.flush();
      const [name, bytes] = [...store.blobs].find(([blob]) => blob !== 'manifest')!;
      if (flushed) setVersion(bytes, 99);
      else {
        const image = bytes.slice(16);
        setVersion(image, 99);
        store.blobs.set(name, logEntry(image));
      }
      const before = new Map(store.blobs);
      await assert.rejects(PassageIndex.open(store, 'f'), { name: 'DamagedError', version: 'newer' });
      assert.deepEqual(store.blobs, before);
    }
  });
});
