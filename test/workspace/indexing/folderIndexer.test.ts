import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import { readPassages } from '../../../src/readers/readPassages.ts';
import { ThreadTimeoutError } from '../../../src/threads/thread.ts';
import { UserError } from '../../../src/errors/userError.ts';
import { FolderIndexer } from '../../../src/workspace/indexing/folderIndexer.ts';
import type { IndexerPorts } from '../../../src/workspace/indexing/indexerPorts.ts';
import type { FolderOptions } from '../../../src/domain/folder.ts';
import { Gate } from '../../../src/workspace/indexing/gate.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';
import { vectorOf } from '../../fakes/records.ts';

const RULES = { minTokens: 10, maxTokens: 60 };

describe('FolderIndexer', () => {
  let root = '';
  let store: MemoryStore;
  let encoded: string[] = [];
  let read: string[] = [];
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-색인-'));
    store = new MemoryStore();
    encoded = [];
    read = [];
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const put = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };

  async function open(
    ports: Partial<IndexerPorts> = {},
    options: Partial<FolderOptions> = {},
  ): Promise<FolderIndexer> {
    const gate = new Gate();
    return new FolderIndexer(
      { path: root, name: 'n', include: [], exclude: [], useIgnoreFiles: true, ...options },
      await PassageIndex.open(store, 'f'),
      {
        read: request => {
          read.push(path.basename(request.file));
          return readPassages(request, RULES, text => Math.ceil(text.length / 2));
        },
        encode: batch => {
          encoded.push(...batch.map(({ text }) => text));
          return Promise.resolve(batch.map(({ text }) => vectorOf({ [text.length]: 1 })));
        },
        atOnce: { letters: 3, meaning: 3 },
        mayGoOn: signal => gate.pass(signal),
        mayEncode: signal => gate.pass(signal),
        onProgress: () => undefined,
        onIndexed: () => undefined,
        log: () => undefined,
        ...ports,
      },
    );
  }
  const states = (indexer: FolderIndexer): Record<string, string> =>
    Object.fromEntries(indexer.ledger.entries().map(row => [row.path, row.reason ?? row.state]));

  /** Passages of each file that wait for their vectors. */
  const pending = (indexer: FolderIndexer): Record<string, number> =>
    Object.fromEntries(
      indexer.ledger.entries().flatMap(row => (row.pending === undefined ? [] : [[row.path, row.pending]])),
    );
  const aborted = (signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      else signal.addEventListener('abort', () => reject(signal.reason as Error));
    });

  it('indexes a folder and says of every file what became of it', async () => {
    await put('a.md', '# 가\n\n연차');
    await put('빈.md', '');
    await put('깊은/b.txt', '휴가');
    await put('.malmoiignore', 'c.md');
    await put('c.md', '안 봄');
    const indexer = await open();
    await indexer.reconcile();
    assert.deepEqual(states(indexer), {
      'a.md': 'indexed',
      '빈.md': 'empty',
      '깊은/b.txt': 'indexed',
      'c.md': 'ignored',
    });
    assert.deepEqual(encoded.sort(), ['연차', '휴가']);
  });

  it('reads and encodes nothing at the second start', async () => {
    await put('a.md', '연차');
    await put('빈.md', '');
    await (await open()).reconcile();
    [encoded, read] = [[], []];
    await (await open()).reconcile();
    assert.deepEqual([encoded, read], [[], []]);
  });

  it('sees what changed while it was closed', async () => {
    await put('a.md', '하나');
    await put('b.md', '둘');
    await (await open()).reconcile();
    await rm(path.join(root, 'b.md'));
    await put('c.md', '셋');
    await put('a.md', '하나, 고침');
    encoded = [];
    const indexer = await open();
    await indexer.reconcile();
    assert.deepEqual(states(indexer), { 'a.md': 'indexed', 'c.md': 'indexed' });
    assert.deepEqual(encoded.sort(), ['셋', '하나, 고침']);
  });

  it('says that the index changed when a file vanishes while it is being read', async () => {
    await put('a.md', '하나');
    let changes = 0;
    const indexer = await open({ onIndexed: () => changes++ });
    await indexer.reconcile();
    const reading = await open({
      onIndexed: () => changes++,
      read: () => Promise.resolve({ result: 'vanished' }),
    });
    await put('a.md', '하나, 고침');
    changes = 0;
    await reading.touch(['a.md']);
    assert.deepEqual([states(reading), changes], [{}, 1]);
    await reading.touch(['a.md']);
    assert.equal(changes, 1, 'what is not in the index changes nothing');
  });

  it('encodes only the passages that changed', async () => {
    const long = (word: string): string => `${word} ${'글자 '.repeat(25)}`;
    await put('a.md', `${long('첫째')}\n\n${long('둘째')}`);
    const indexer = await open();
    await indexer.reconcile();
    encoded = [];
    await put('a.md', `${long('첫째')}\n\n${long('둘째 고침')}`);
    await indexer.touch(['a.md']);
    assert.equal(encoded.length, 1);
    assert.match(encoded[0]!, /둘째 고침/);
  });

  it('encodes nothing for a rename, a copy, a moved folder or a touched file', async () => {
    await put('old/a.md', '연차');
    const indexer = await open();
    await indexer.reconcile();
    encoded = [];
    await rename(path.join(root, 'old'), path.join(root, '새 이름'));
    await indexer.touch(['old', '새 이름']);
    await put('copy.md', '연차');
    await indexer.touch(['copy.md']);
    const later = new Date(Date.now() + 5_000);
    await utimes(path.join(root, 'copy.md'), later, later);
    await indexer.touch(['copy.md']);
    assert.deepEqual(states(indexer), { '새 이름/a.md': 'indexed', 'copy.md': 'indexed' });
    assert.deepEqual(encoded, []);
    assert.equal(indexer.index.head('copy.md')!.modified, later.getTime());
  });

  it('does not let an event bring in what the rules leave out', async () => {
    await put('.gitignore', 'out/');
    const indexer = await open();
    await indexer.reconcile();
    await put('out/a.md', '글');
    await put('node_modules/b.md', '글');
    await indexer.touch(['out/a.md', 'node_modules/b.md']);
    assert.deepEqual(states(indexer), {});
  });

  it('does not let an event bring in what a link leads to outside of the folder', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'malmoi-밖-'));
    try {
      await put('a.md', '안');
      await put('b.md', '안에서 밖으로');
      const indexer = await open();
      await indexer.reconcile();
      await writeFile(path.join(outside, 'x.md'), '비밀');
      await symlink(path.join(outside, 'x.md'), path.join(root, 'link.md'));
      await rm(path.join(root, 'b.md'));
      await symlink(path.join(outside, 'x.md'), path.join(root, 'b.md'));
      await symlink(outside, path.join(root, 'folder'));
      await indexer.touch(['link.md', 'b.md', 'folder/x.md']);
      assert.deepEqual(states(indexer), {
        'a.md': 'indexed',
        'link.md': 'link',
        'b.md': 'link',
        folder: 'link',
      });
      assert.ok(!encoded.includes('비밀'));
    } finally {
      await rm(outside, { recursive: true, force: true });
    }
  });

  it('follows a change of the ignore rules', async () => {
    await put('a.md', '글');
    const indexer = await open();
    await indexer.reconcile();
    await put('.malmoiignore', 'a.md');
    await indexer.touch(['.malmoiignore']);
    assert.deepEqual(states(indexer), { 'a.md': 'ignored' });
    assert.equal(indexer.index.fileCount, 0);
  });

  it('goes on after a file whose reader hangs or fails, and tries it again at the next start', async () => {
    await put('a.md', '글');
    await put('b.md', '나쁜 글');
    let healed = false;
    const bad: Partial<IndexerPorts> = {
      read: request => {
        if (!healed && request.file.endsWith('b.md'))
          return Promise.reject(new ThreadTimeoutError('too long'));
        return readPassages(request, RULES, text => text.length);
      },
    };
    const indexer = await open(bad);
    await indexer.reconcile();
    assert.deepEqual(states(indexer), { 'a.md': 'indexed', 'b.md': 'timeout' });
    healed = true;
    const again = await open(bad);
    await again.reconcile();
    assert.deepEqual(states(again), { 'a.md': 'indexed', 'b.md': 'indexed' });
  });

  it('puts a file aside that ends its reader three times, until it changes', async () => {
    await put('a.md', '글');
    const bad: Partial<IndexerPorts> = { read: () => Promise.reject(new Error('the thread ended')) };
    for (const state of ['unreadable', 'unreadable', 'crashes', 'crashes']) {
      const indexer = await open(bad);
      await indexer.reconcile();
      assert.deepEqual(states(indexer), { 'a.md': state });
    }
    await put('a.md', '다른 글');
    const again = await open();
    await again.reconcile();
    assert.deepEqual(states(again), { 'a.md': 'indexed' });
  });

  it('reads a file in the encoding that the user says it has, and again when that changes', async () => {
    await writeFile(path.join(root, 'a.txt'), Buffer.from([0xb0, 0xa1, 0xb3, 0xaa, 0x20, 0xb4, 0xd9]));
    const textOf = async (options: Partial<FolderOptions>): Promise<unknown> => {
      const indexer = await open({}, options);
      await indexer.reconcile();
      const { segment, file } = indexer.index.place('a.txt')!;
      const { detail } = indexer.index.head('a.txt')!;
      return [await segment.text(segment.passagesOf(file).first), detail];
    };
    assert.deepEqual(await textOf({}), ['가나 다', 'cp949']);
    assert.deepEqual(await textOf({ encodings: { 'a.txt': 'windows1252' } }), [
      '°¡³ª ´Ù',
      'other:windows1252',
    ]);
    read = [];
    assert.deepEqual(await textOf({ encodings: { 'a.txt': 'windows1252' } }), [
      '°¡³ª ´Ù',
      'other:windows1252',
    ]);
    assert.deepEqual(read, []);
    assert.deepEqual(await textOf({ encodings: { 'a.txt': 'euckr' } }), ['가나 다', 'cp949']);
  });

  it('reads files that are no UTF-8 as their language or the folder says', async () => {
    const bytes = Buffer.from([0xb0, 0xa1, 0xb3, 0xaa, 0x20, 0xb4, 0xd9]);
    await writeFile(path.join(root, 'a.txt'), bytes);
    await writeFile(path.join(root, 'b.rst'), bytes);
    await put('c.txt', '다라');
    const indexer = await open({}, { encoding: 'windows1252', encodingOf: { '.txt': 'euckr' } });
    await indexer.reconcile();
    const detailOf = (name: string): unknown => indexer.index.head(name)!.detail;
    assert.deepEqual(
      [detailOf('a.txt'), detailOf('b.rst'), detailOf('c.txt')],
      ['cp949', 'other:windows1252', null],
    );
  });

  it('reads optional formats where they are asked for, and tells of archives', async () => {
    await put('a.json', '{"이름": "값"}');
    await put('b.zip', 'PK');
    assert.deepEqual(await reconciled({}), { 'b.zip': 'archive' });
    assert.deepEqual(await reconciled({ optional: ['.json'] }), { 'a.json': 'indexed', 'b.zip': 'archive' });
  });
  const reconciled = async (options: Partial<FolderOptions>): Promise<unknown> => {
    const indexer = await open({}, options);
    await indexer.reconcile();
    return states(indexer);
  };

  it('stops at what is not the file’s fault, with everything found by its letters, and goes on from there', async () => {
    for (const name of ['a.md', 'b.md', 'c.md', 'd.md', 'e.md']) await put(name, `글 ${name}`);
    let isBroken = true;
    const broken: Partial<IndexerPorts> = {
      encode: batch =>
        isBroken
          ? Promise.reject(new UserError('modelDamaged', 'model.onnx'))
          : Promise.resolve(batch.map(() => vectorOf({ 1: 1 }))),
    };
    const indexer = await open(broken);
    await assert.rejects(indexer.reconcile(), { code: 'modelDamaged' });
    assert.equal(indexer.index.fileCount, 5);
    assert.deepEqual(pending(indexer), { 'a.md': 1, 'b.md': 1, 'c.md': 1, 'd.md': 1, 'e.md': 1 });
    assert.equal(indexer.waiting, 5);
    isBroken = false;
    await indexer.reconcile();
    assert.deepEqual([pending(indexer), indexer.waiting], [{}, 0]);
    read = [];
    const again = await open(broken);
    await again.reconcile();
    assert.deepEqual([pending(again), read], [{}, []]);
  });

  it('brings what is in a folder forward, and what stands in it itself', async () => {
    for (const name of ['a.md', '나/b.md', '나/다/c.md', '나머지/d.md', 'e.md'])
      await put(name, `글 ${name}`);
    const gate = new Gate();
    gate.close();
    const indexer: FolderIndexer = await open({
      atOnce: { letters: 1, meaning: 1 },
      mayEncode: signal => gate.pass(signal),
    });
    const reconciling = indexer.reconcile();
    while (indexer.index.fileCount < 5 || indexer.letters.size > 0) await new Promise(setImmediate);
    const first = indexer.current!;
    indexer.preferUnder('나', false);
    indexer.preferUnder('나/다', true);
    gate.open();
    await reconciling;
    const texts = ['글 나/다/c.md', '글 나/b.md'].filter(text => text !== `글 ${first}`);
    assert.deepEqual(encoded.slice(1, 1 + texts.length), texts);
    assert.equal(encoded.length, 5);
  });

  it('has every letter before the first meaning', async () => {
    for (let i = 0; i < 9; i++) await put(`${i}.md`, `글 ${i}`);
    let least = 9;
    const indexer: FolderIndexer = await open({
      encode: batch => {
        least = Math.min(least, indexer.index.fileCount);
        return Promise.resolve(batch.map(() => vectorOf({ 1: 1 })));
      },
    });
    await indexer.reconcile();
    assert.deepEqual([least, pending(indexer), read.length], [9, {}, 9]);
  });

  it('goes on with the second stage at the next start, and reads no more than that needs', async () => {
    for (const name of ['a.md', 'b.md']) await put(name, `글 ${name}`);
    const held = await open({ encode: (_, signal) => aborted(signal) });
    const reconciling = held.reconcile();
    while (Object.keys(pending(held)).length < 2) await new Promise(resolve => setTimeout(resolve, 5));
    await held.stop();
    await assert.rejects(reconciling, { name: 'AbortError' });
    read = [];
    const again = await open();
    await again.reconcile();
    assert.deepEqual(
      [pending(again), read.sort(), encoded.sort()],
      [{}, ['a.md', 'b.md'], ['글 a.md', '글 b.md']],
    );
  });

  it('has the letters of a file that is saved while it is being encoded, and encodes no text twice', async () => {
    const long = (word: string): string => `${word} ${'글자 '.repeat(100)}`;
    await put('a.md', ['하나', '둘', '셋'].map(long).join('\n\n'));
    await put('b.md', '다른 글');
    let [hold, batches] = [true, 0];
    let letters: string[] = [];
    const indexer: FolderIndexer = await open({
      encode: async (batch, signal) => {
        if (batches++ === 2 && hold) {
          hold = false;
          await put('a.md', ['하나', '새 글', '셋'].map(long).join('\n\n'));
          void indexer.touch(['a.md']);
          await aborted(signal).catch(() => undefined);
        }
        if (letters.length === 0 && !hold && !signal.aborted) {
          const { segment, file } = indexer.index.place('a.md')!;
          const { first, end } = segment.passagesOf(file);
          letters = (await segment.passages.texts(first, end)).map(({ text }) => text.slice(0, 3));
        }
        signal.throwIfAborted();
        encoded.push(...batch.map(({ text }) => text.trim()));
        return batch.map(() => vectorOf({ 1: 1 }));
      },
    });
    await indexer.reconcile();
    assert.ok(letters.some(text => text.startsWith('새 글')));
    assert.deepEqual(pending(indexer), {});
    assert.equal(new Set(encoded).size, encoded.length);
  });

  it('keeps the letters of a file that the model can’t encode, and says so', async () => {
    await put('a.md', '좋은 글');
    await put('b.md', '나쁜 글');
    let isHealed = false;
    const bad: Partial<IndexerPorts> = {
      encode: batch =>
        !isHealed && batch.some(({ text }) => text.includes('나쁜'))
          ? Promise.reject(new Error('the encoder died'))
          : Promise.resolve(batch.map(() => vectorOf({ 1: 1 }))),
    };
    const indexer = await open(bad);
    await indexer.reconcile();
    assert.deepEqual(states(indexer), { 'a.md': 'indexed', 'b.md': 'encoderFailed' });
    assert.deepEqual(pending(indexer), { 'b.md': 1 });
    const { segment, file } = indexer.index.place('b.md')!;
    assert.equal(await segment.text(segment.passagesOf(file).first), '나쁜 글');
    isHealed = true;
    const again = await open(bad);
    await again.reconcile();
    assert.deepEqual([states(again), pending(again)], [{ 'a.md': 'indexed', 'b.md': 'indexed' }, {}]);
  });

  it('encodes what somebody looks at first, then what was changed last', async () => {
    const day = 86_400;
    for (const [i, name] of ['a.md', 'b.md', 'c.md', 'd.md'].entries()) {
      await put(name, `글 ${name}`);
      await utimes(path.join(root, name), i * day, i * day);
    }
    const order: string[] = [];
    const indexer: FolderIndexer = await open({
      atOnce: { letters: 1, meaning: 1 },
      encode: batch => {
        if (order.length === 0) indexer.prefer('a.md');
        order.push(batch[0]!.text);
        return Promise.resolve(batch.map(() => vectorOf({ 1: 1 })));
      },
    });
    await indexer.reconcile();
    assert.deepEqual(order, ['글 d.md', '글 a.md', '글 c.md', '글 b.md']);
    assert.deepEqual(read, ['d.md', 'c.md', 'b.md', 'a.md']);
  });

  it('holds while paused and goes on when resumed', async () => {
    await put('a.md', '글');
    const gate = new Gate();
    gate.close();
    const indexer = await open({ mayGoOn: signal => gate.pass(signal) });
    const done = indexer.reconcile();
    await new Promise(resolve => setTimeout(resolve, 30));
    assert.equal(indexer.index.fileCount, 0);
    gate.open();
    await done;
    assert.equal(indexer.index.fileCount, 1);
  });

  it('has several files under way, but none twice', async () => {
    for (let i = 0; i < 8; i++) await put(`${i}.md`, `글 ${i}`);
    const underWay = new Set<string>();
    let most = 0;
    const indexer: FolderIndexer = await open({
      read: async request => {
        const name = path.basename(request.file);
        assert.ok(!underWay.has(name), `${name} twice`);
        underWay.add(name);
        most = Math.max(most, underWay.size);
        await new Promise(resolve => setTimeout(resolve, 5));
        const answer = await readPassages(request, RULES, text => text.length);
        // Saved while it is read: it has another turn.
        if (read.length < 4) void indexer.touch([name]);
        read.push(name);
        underWay.delete(name);
        return answer;
      },
    });
    await indexer.reconcile();
    assert.equal(most, 3);
    assert.equal(indexer.index.fileCount, 8);
    assert.equal(read.length, 8 + 4);
    assert.equal(indexer.waiting, 0);
  });

  it('writes nothing after it has stopped, whatever was under way', async () => {
    for (const name of ['a.md', 'b.md', 'c.md']) await put(name, `글 ${name}`);
    const gate = new Gate();
    gate.close();
    const indexer = await open({
      encode: async batch => {
        await gate.pass(new AbortController().signal);
        return batch.map(() => vectorOf({ 1: 1 }));
      },
    });
    const done = indexer.reconcile();
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.equal(indexer.waiting, 3);
    const stopping = indexer.stop();
    gate.open();
    await Promise.allSettled([stopping, done]);
    const there = indexer.index.fileCount;
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.equal(indexer.index.fileCount, there);
  });
});
