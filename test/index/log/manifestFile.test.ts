import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isIndexBlob, MANIFEST, readManifest, writeManifest } from '../../../src/index/log/manifest.ts';
import { ManifestFile, newName } from '../../../src/index/log/manifestFile.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';

const BLOB = Uint8Array.of(1);

describe('the manifest', function () {
  this.timeout(60_000);

  it('is read as it was written, and is damaged with any byte changed', async () => {
    const name = fc.constantFrom('segment', 'log', 'retired').map(kind => newName(kind as 'log'));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          generation: fc.nat(),
          fingerprint: fc.string({ unit: 'grapheme' }),
          segments: fc.array(name),
          log: name,
          retired: fc.array(name),
        }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (manifest, chance, change) => {
          const bytes = writeManifest(manifest);
          assert.deepEqual(await readManifest(bytes), { ...manifest });
          const damaged = bytes.slice();
          damaged[chance % bytes.length]! ^= change;
          await assert.rejects(readManifest(damaged));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('names each new blob as none was named before', () => {
    const names = Array.from({ length: 500 }, () => newName('segment'));
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.every(isIndexBlob));
    assert.ok(!isIndexBlob(MANIFEST));
    assert.ok(!isIndexBlob('notes.md'));
  });
});

describe('the manifest in a store', () => {
  let store: MemoryStore;
  let damage: string[];
  beforeEach(() => {
    store = new MemoryStore();
    damage = [];
  });
  const open = (fingerprint = 'f'): Promise<ManifestFile> => ManifestFile.open(store, fingerprint, damage);
  const add = async (...names: string[]): Promise<void> => {
    for (const name of names) await store.write(name, BLOB);
  };

  it('begins empty and durable, and is found again', async () => {
    const { current } = await open();
    assert.deepEqual([current.segments, current.retired, current.generation], [[], [], 1]);
    assert.deepEqual((await open()).current, current);
    assert.deepEqual(damage, []);
  });

  it('of another fingerprint is another index, which begins with a later number', async () => {
    const { current } = await open();
    const other = (await open('g')).current;
    assert.equal(other.generation, current.generation + 1);
    assert.notEqual(other.log, current.log);
  });

  it('is missed where there are blobs of an index', async () => {
    await add('segment-1');
    await open();
    assert.deepEqual(damage, ['manifest: missing']);
  });

  it('that is damaged is said to be, and the index begins anew', async () => {
    await open();
    store.blobs.get(MANIFEST)!.fill(7, 20);
    const { current } = await open();
    assert.equal(damage.length, 1);
    assert.deepEqual(current.segments, []);
    assert.equal(await (await open()).verify(), null);
  });

  it('removes what it no longer names, after it has been written', async () => {
    const file = await open();
    await add('segment-1', 'segment-2', 'log-2');
    const changes: string[] = [];
    store.beforeChange = (operation, name) => void changes.push(`${operation} ${name}`);
    await file.replace({ segments: ['segment-1'], retired: [], log: file.current.log }, ['segment-1']);
    await file.replace({ segments: ['segment-2'], retired: [], log: 'log-2' }, ['segment-2', 'log-2']);
    const first = changes.indexOf('remove segment-1');
    assert.ok(changes.lastIndexOf('write manifest') < first, changes.join(', '));
    assert.deepEqual([...store.blobs.keys()].sort(), ['log-2', MANIFEST, 'segment-2'].sort());
    assert.equal((await open()).current.generation, 3);
  });

  it('keeps the blobs of a manifest whose writing failed, for it may be on disk, until another is', async () => {
    const file = await open();
    const { log } = file.current;
    await add('segment-1', 'segment-2');
    store.beforeChange = (operation, name) => {
      if (operation === 'write' && name === MANIFEST) throw new Error('disk');
    };
    await assert.rejects(file.replace({ segments: ['segment-1'], retired: [], log }, ['segment-1']), /disk/);
    assert.ok(store.blobs.has('segment-1'));
    assert.deepEqual(file.current.segments, []);
    await assert.rejects(file.settle(), /disk/);
    store.beforeChange = () => undefined;
    await file.settle();
    assert.ok(!store.blobs.has('segment-1'));
    // The failed one has had the next number: it must not be given to another.
    const settled = file.current.generation;
    assert.ok(settled > 1);
    await file.settle();
    assert.equal(file.current.generation, settled, 'nothing is left to settle');
    await file.replace({ segments: ['segment-2'], retired: [], log }, ['segment-2']);
    assert.deepEqual((await open()).current.segments, ['segment-2']);
  });

  it('removes the remains of changes that never finished, once its own writing is sure', async () => {
    const file = await open();
    await add('segment-9', 'log-9', 'retired-9');
    const changes: string[] = [];
    store.beforeChange = (operation, name) => void changes.push(`${operation} ${name}`);
    await file.forgetOthers();
    assert.equal(changes[0], 'write manifest');
    assert.deepEqual([...store.blobs.keys()], [MANIFEST]);
    changes.length = 0;
    await file.forgetOthers();
    assert.deepEqual(changes, []);
  });

  it('goes on where a blob cannot be removed: it goes at another time', async () => {
    const file = await open();
    await add('segment-9');
    store.beforeChange = operation => {
      if (operation === 'remove') throw new Error('held');
    };
    await file.forgetOthers();
    assert.ok(store.blobs.has('segment-9'));
    store.beforeChange = () => undefined;
    await file.forgetOthers();
    assert.ok(!store.blobs.has('segment-9'));
  });

  it('says what is wrong with it on disk', async () => {
    const file = await open();
    assert.equal(await file.verify(), null);
    store.blobs.get(MANIFEST)!.fill(7, 20);
    assert.match((await file.verify())!, /^manifest: /);
    store.blobs.delete(MANIFEST);
    assert.equal(await file.verify(), 'manifest: missing');
  });
});
