/** An index whose files were changed or cut anywhere: nothing wrong is shown, nothing else is lost. */
import assert from 'node:assert/strict';
import { crc32 } from '../../src/index/segment/crc32.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { DamagedError } from '../../src/index/segment/sections.ts';
import { Segment } from '../../src/index/segment/segment.ts';
import { writeSegment } from '../../src/index/segment/segmentWriter.ts';
import type { FileRecord } from '../../src/index/records.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';
import { recordsOf } from '../fakes/segmentRecords.ts';

/** Two segments and three log entries; every file has texts, dimensions and terms of its own. */
const RECORDS = Array.from({ length: 11 }, (_, i) =>
  file(
    `${i}.md`,
    [
      passage(`글 ${i} 회의록 ${'예산 '.repeat(i)}`, vectorOf({ [i]: 1 + i / 8, 500: 0.5 }), [`제목 ${i}`]),
      passage(`둘째 ${i}`, vectorOf({ [i + 50]: 2 })),
    ],
    i % 3 === 0 ? [] : ['업무/회의', `번호${i}`],
  ),
);

async function wholeIndex(): Promise<MemoryStore> {
  const store = new MemoryStore();
  const index = await PassageIndex.open(store, 'f');
  await index.replace([...RECORDS.slice(0, 3), file('3.md', [passage('전에', vectorOf({ 3: 1 }))])]);
  await index.replace(RECORDS.slice(3, 4));
  await index.flush();
  await index.replace(RECORDS.slice(4, 8));
  await index.flush();
  for (const record of RECORDS.slice(8)) await index.replace([record]);
  return store;
}

function copyOf(store: MemoryStore): MemoryStore {
  const copy = new MemoryStore();
  for (const [name, bytes] of store.blobs) copy.blobs.set(name, bytes.slice());
  return copy;
}

/** All that the index has of each file; throws `DamagedError` where that can't be read. */
async function recordsIn(index: PassageIndex): Promise<Map<string, FileRecord>> {
  const found = new Map<string, FileRecord>();
  for (const { path } of index.heads()) {
    const { segment, file: number } = index.place(path)!;
    found.set(path, (await recordsOf(segment, [number]))[0]!);
  }
  return found;
}

const ORIGINALS = new Map<string, FileRecord>();

/** What is there is what was written; gives the paths of what is not there. */
async function lost(index: PassageIndex): Promise<FileRecord[]> {
  const found = await recordsIn(index);
  for (const [path, record] of found) assert.deepEqual(record, ORIGINALS.get(path), path);
  return RECORDS.filter(({ path }) => !found.has(path));
}

/** Files that a blob's damage may cost. */
function filesOf(store: MemoryStore, name: string): readonly FileRecord[] {
  if (name === 'manifest') return RECORDS;
  if (name.startsWith('log')) return RECORDS.slice(8);
  if (name.startsWith('retired')) return [];
  const segments = [...store.blobs.keys()].filter(blob => blob.startsWith('segment'));
  return segments.indexOf(name) === 0 ? RECORDS.slice(0, 4) : RECORDS.slice(4, 8);
}

async function check(store: MemoryStore, name: string, what: string): Promise<void> {
  const files = filesOf(store, name);
  const index = await PassageIndex.open(store, 'f');
  const said = index.damage.length;
  const unseen = await index.verify();
  const dropped = await index.dropDamaged();
  assert.equal(unseen.length > 0, dropped, what);
  const gone = await lost(index);
  for (const record of gone) assert.ok(files.includes(record), `${what}: ${record.path} is lost`);
  // An entry that is cut off at the end looks like one that was never finished.
  if (gone.length > 0 && !gone.every(record => record === RECORDS.at(-1)))
    assert.ok(said > 0 || dropped, `${what}: lost without a word`);
  await index.replace(gone);
  const reopened = await PassageIndex.open(store, 'f');
  assert.deepEqual(await lost(reopened), [], what);
  assert.deepEqual([...reopened.damage, ...(await reopened.verify())], [], `${what}: repaired`);
}

describe('damage', function () {
  this.timeout(120_000);
  let whole: MemoryStore;
  before(async () => {
    whole = await wholeIndex();
    for (const [path, record] of await recordsIn(await PassageIndex.open(whole, 'f')))
      ORIGINALS.set(path, record);
    assert.equal(ORIGINALS.size, RECORDS.length);
  });

  it('of any byte costs the files of its part alone, and says so', async () => {
    for (const [name, bytes] of whole.blobs)
      for (let at = 0; at < bytes.length; at += at < 400 ? 3 : 13) {
        const store = copyOf(whole);
        store.blobs.get(name)![at]! ^= 1 << (at % 8);
        await check(store, name, `${name}, bit in byte ${at}`);
      }
  });

  it('by a cut anywhere, or by a blob that is gone, costs the files of its part alone', async () => {
    for (const [name, bytes] of whole.blobs)
      for (let length = 0; length < bytes.length; length += length < 64 ? 5 : 61) {
        const store = copyOf(whole);
        store.blobs.set(name, bytes.slice(0, length));
        // A log that ends with a whole entry has lost nothing that it could know of.
        if (name.startsWith('log')) {
          const index = await PassageIndex.open(store, 'f');
          await index.replace(await lost(index));
          assert.deepEqual(await lost(await PassageIndex.open(store, 'f')), []);
        } else await check(store, name, `${name}, cut at ${length}`);
      }
    for (const name of whole.blobs.keys()) {
      const store = copyOf(whole);
      store.blobs.set(name, new Uint8Array());
      if (!name.startsWith('log')) await check(store, name, `${name} is empty`);
      store.blobs.delete(name);
      const index = await PassageIndex.open(store, 'f');
      await index.replace(await lost(index));
      assert.deepEqual(await lost(await PassageIndex.open(store, 'f')), []);
    }
  });

  it('that comes while the index is open is found by verify, in every blob', async () => {
    const store = copyOf(whole);
    // A blob that is open reads what is on the disk now.
    store.open = name => {
      const now = (): Uint8Array => store.blobs.get(name)!;
      return Promise.resolve({
        size: now().length,
        read: (offset, length) => Promise.resolve(now().slice(offset, offset + length)),
        close: () => Promise.resolve(),
      });
    };
    const index = await PassageIndex.open(store, 'f');
    assert.deepEqual(await index.verify(), []);
    for (const [name, bytes] of store.blobs)
      for (const at of [0, 8, 30, bytes.length >> 1, bytes.length - 20]) {
        const before = bytes[at]!;
        bytes[at] = before ^ 4;
        const found = await index.verify();
        bytes[at] = before;
        assert.match(found.join(), new RegExp(`^${name}: `), `${name} at ${at}`);
      }
  });

  it('that keeps its checksums is found by what must fit together', async () => {
    const records = RECORDS.slice(0, 4);
    await (await Segment.of('whole', writeSegment(records))).verify();
    for (const [section, at, byte] of [
      // Of the first list: how many, the first passage, its impact.
      ['SPST', 0, 7],
      ['SPST', 1, 0x7f],
      ['SPST', 2, 0],
      ['LPST', 0, 9],
      ['LPST', 1, 0x7f],
      // Of the first term: what it shares with none, its length, its first byte.
      ['LTRM', 0, 1],
      ['LTRM', 1, 0x7f],
      ['LTRM', 2, 0xff],
      ['SDIM', 5, 0x7f],
      ['SOFF', 5, 0x7f],
      ['SSCL', 8, 7],
      ['LBOF', 5, 0x7f],
      ['FCNT', 0, 0x7f],
      // How many postings the last term has.
      ['LTRM', -1, 9],
      // The second row's headings, the first one's text and what stands beside it.
      ['PASS', 40 + 4 * 5 + 1, 0x7f],
      ['PASS', 4 * 7 + 1, 0x7f],
      ['PASS', 4 * 8 + 1, 0x7f],
      // The first row's origin, and what the first origin is.
      ['PASS', 4 * 9 + 1, 0x7f],
      ['ORIG', -1, 0x78],
    ] as const) {
      const image = writeSegment(records);
      const bytes = sectionOf(image, section);
      bytes[(at + bytes.length) % bytes.length] = byte;
      sign(image);
      const odd = Segment.of('odd', image).then(segment => segment.verify());
      await assert.rejects(odd, DamagedError, `${section} ${at}`);
    }
  });
});

interface Entry {
  readonly at: number;
  readonly offset: number;
  readonly length: number;
  readonly sums: number;
}

function entriesOf(image: Uint8Array): Map<string, Entry> {
  const view = new DataView(image.buffer, image.byteOffset);
  const count = view.getUint32(12, true);
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const at = 24 + i * 20;
      const [offset, length, sums] = [4, 8, 16].map(o => view.getUint32(at + o, true)) as [
        number,
        number,
        number,
      ];
      return [String.fromCharCode(...image.subarray(at, at + 4)), { at, offset, length, sums }] as const;
    }),
  );
}

function sectionOf(image: Uint8Array, name: string): Uint8Array {
  const { offset, length } = entriesOf(image).get(name)!;
  return image.subarray(offset, offset + length);
}

/** Makes every checksum fit what is there: what a faulty writer would leave. */
function sign(image: Uint8Array): void {
  const view = new DataView(image.buffer, image.byteOffset);
  const entries = entriesOf(image);
  const sums = entries.get('SUMS')!;
  for (const { offset, length, sums: first } of entries.values())
    if (first !== 0xffff_ffff)
      view.setUint32(sums.offset + 4 * first, crc32(image.subarray(offset, offset + length)), true);
  for (const { at, offset, length, sums: first } of entries.values())
    if (first === 0xffff_ffff) view.setUint32(at + 12, crc32(image.subarray(offset, offset + length)), true);
  const start = crc32(image.subarray(20, 24), crc32(image.subarray(0, 16)));
  view.setUint32(16, crc32(image.subarray(24, 24 + 20 * entries.size), start), true);
}
