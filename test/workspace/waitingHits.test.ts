import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import type { Hit } from '../../src/domain/hit.ts';
import type { SearchRequest, SearchResult } from '../../src/domain/search.ts';
import type { ReadAnswer, ReadRequest } from '../../src/readers/readPassages.ts';
import { ReaderThread } from '../../src/readers/readerThread.ts';
import { Library } from '../../src/workspace/library.ts';
import { FakeModels } from '../fakes/fakeModels.ts';

/** A reader that answers for the files that it is told to let go, and not before. */
class HeldReader extends ReaderThread {
  readonly #reader: ReaderThread;
  readonly #held = new Map<string, () => void>();
  onAsked: () => void = () => undefined;

  constructor(reader: ReaderThread) {
    super('unused', { folder: null, rules: { minTokens: 10, maxTokens: 60 } });
    this.#reader = reader;
  }

  override async read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer> {
    await new Promise<void>((resolve, reject) => {
      this.#held.set(request.path, resolve);
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      this.onAsked();
    });
    return this.#reader.read(request, signal);
  }

  /** Of the files that are being read: those that wait behind them are not asked for. */
  get held(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Resolves when the file has been asked for and may be read. */
  async letGo(name: string): Promise<void> {
    while (!this.#held.has(name)) await new Promise<void>(resolve => (this.onAsked = resolve));
    this.#held.get(name)!();
    this.#held.delete(name);
  }
}

describe('a search for files that are not read yet', () => {
  let root = '';
  let notes = '';
  let models: FakeModels;
  let reader: HeldReader;
  const libraries: Library[] = [];
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-이름-'));
    notes = path.join(root, 'notes');
    await mkdir(path.join(root, 'store'));
    models = new FakeModels(root);
    await models.add('a');
  });
  afterEach(async () => {
    for (const library of libraries.splice(0)) await library.close();
    await rm(root, { recursive: true, force: true });
  });

  /** A library whose folder is listed and whose reader holds every file. */
  async function open(files: Readonly<Record<string, string>>, model = 'a'): Promise<Library> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(notes, name)), { recursive: true });
      await writeFile(path.join(notes, name), text);
    }
    const library = new Library({
      storePath: path.join(root, 'store'),
      scorer: new Scorer(plainKernel),
      modelPath: models.path(model),
      language: 'ko',
      openEncoder: models.openEncoder,
      openReader: folder => (reader = new HeldReader(models.openReader(folder))),
      log: () => undefined,
    });
    libraries.push(library);
    await library.openFolder({ path: notes, name: 'n', include: [], exclude: [], useIgnoreFiles: true });
    const isAsked = new Promise<void>(resolve => (reader.onAsked = resolve));
    void library.reconcile(notes);
    await isAsked;
    return library;
  }
  const search = (
    library: Library,
    query: string,
    own: Partial<SearchRequest> = {},
    onLexical?: (result: SearchResult) => void,
  ): Promise<SearchResult> =>
    library.answers.search(
      { folders: [notes], query, limit: 9, channel: 'lexical', ...own },
      new AbortController().signal,
      onLexical,
    );
  const shown = ({ hits }: SearchResult): readonly string[] =>
    hits.map(({ file, waiting }) => (waiting === true ? `${file} …` : file));
  /** Resolves when the file has a record and the library has said so. */
  function indexed(library: Library, name: string): Promise<void> {
    return new Promise(resolve => {
      const look = (): void => {
        const row = library.ledger([notes]).find(each => each.path === name);
        if (row?.state !== 'indexed') return;
        stop.dispose();
        resolve();
      };
      const stop = library.onProgress.add(look);
      look();
    });
  }

  it('finds them by name while nothing has been read', async () => {
    const library = await open({ '회의록/물결.md': '글', '오늘 할 일.md': '글', '계약.md': '글' });
    assert.deepEqual(shown(await search(library, '오늘 할 일')), ['오늘 할 일.md …']);
    const { hits, total } = await search(library, '물결 회의록');
    assert.equal(total, 1);
    const [hit] = hits as [Hit];
    assert.deepEqual([hit.text, hit.line, hit.headings, hit.waiting], ['', 0, [], true]);
    assert.deepEqual(
      hit.contributions.map(({ kind, value }) => [kind, value]),
      [['name', hit.score]],
    );
    assert.deepEqual(shown(await search(library, '아무것도 아닌 말')), []);
  });

  it('tells of them in its first answer, while the model has not answered', async () => {
    const library = await open({ '물결.md': '글' });
    models.of('a').queries.close();
    const literal = new Promise<SearchResult>(resolve => {
      void search(library, '물결', { channel: 'hybrid' }, resolve).catch(() => undefined);
    });
    const { stage, ...result } = await literal;
    assert.deepEqual([stage, shown({ stage, ...result })], ['lexical', ['물결.md …']]);
    models.of('a').queries.open();
  });

  it('finds them where there is no model', async () => {
    const library = await open({ '물결.md': '글' }, 'missing');
    assert.deepEqual(shown(await search(library, '물결', { channel: 'hybrid' })), ['물결.md …']);
  });

  it('lets in what meets the conditions alone', async () => {
    const library = await open({ '회의록/물결.md': '글', '물결.txt': '글', '보관/물결 초안.md': '글' });
    const found = async (query: string, own: Partial<SearchRequest> = {}): Promise<readonly string[]> =>
      [...shown(await search(library, query, own))].sort();
    assert.deepEqual(await found('물결 path:회의록'), ['회의록/물결.md …']);
    assert.deepEqual(await found('물결 ext:txt'), ['물결.txt …']);
    assert.deepEqual(await found('물결 -path:보관'), ['물결.txt …', '회의록/물결.md …']);
    assert.deepEqual(await found('물결 +초안'), ['보관/물결 초안.md …']);
    assert.deepEqual(await found('물결', { filter: { extensions: ['txt'] } }), ['물결.txt …']);
    assert.deepEqual(await found('물결', { filter: { modifiedBefore: 1 } }), []);
  });

  it('tells nothing of a file whose content a condition asks about', async () => {
    const library = await open({ '물결.md': '글' });
    // Without the conditions it would be there: that is offered, as ever.
    for (const query of ['물결 -초안', '물결 heading:제목'])
      assert.deepEqual(shown(await search(library, query)), [], query);
  });

  it('puts them behind what is read and is called so, and before what has less', async () => {
    const library = await open({
      'a/물결.md': '글',
      'b/물결.md': '글',
      'c.md': `물결 ${'다른 낱말과 '.repeat(9)}`,
    });
    const [first] = reader.held as [string];
    const ofName = first.endsWith('물결.md') ? first : 'a/물결.md';
    await reader.letGo(ofName);
    await indexed(library, ofName);
    await reader.letGo('c.md');
    await indexed(library, 'c.md');
    const other = ofName === 'a/물결.md' ? 'b/물결.md' : 'a/물결.md';
    assert.deepEqual(shown(await search(library, '물결')), [ofName, `${other} …`, 'c.md']);
    assert.deepEqual(shown(await search(library, '물결', { limit: 2 })), [ofName, `${other} …`]);
  });

  it('forgets each of them once its file is read, and no sooner', async () => {
    const names = fc.uniqueArray(fc.constantFrom('가', '나', '다', '라'), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(names, fc.infiniteStream(fc.nat()), async (folders, choices) => {
        notes = await mkdtemp(path.join(root, 'notes-'));
        const files = folders.map(folder => `${folder}/물결.md`);
        const library = await open(Object.fromEntries(files.map(file => [file, '글'])));
        const waiting = new Set(files);
        for (;;) {
          const { hits } = await search(library, '물결');
          const told = hits.filter(hit => hit.waiting === true).map(({ file }) => file);
          assert.deepEqual(new Set(told), waiting);
          assert.deepEqual(hits.map(({ file }) => file).sort(), [...files].sort(), 'each is found once');
          if (waiting.size === 0) break;
          while (reader.held.length === 0) await new Promise<void>(resolve => (reader.onAsked = resolve));
          const { held } = reader;
          const next = held[choices.next().value! % held.length]!;
          await reader.letGo(next);
          await indexed(library, next);
          waiting.delete(next);
        }
        await library.close();
        libraries.splice(0);
      }),
      { numRuns: 12 },
    );
  });
});
