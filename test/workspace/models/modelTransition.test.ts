import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../../src/index/scoring/scorer.ts';
import type { FolderOptions } from '../../../src/domain/folder.ts';
import type { SearchResult } from '../../../src/domain/search.ts';
import { FORMAT_VERSION } from '../../../src/index/segment/sections.ts';
import { Library } from '../../../src/workspace/library.ts';
import { ServingModel } from '../../../src/workspace/models/servingModel.ts';
import { FakeModels } from '../../fakes/fakeModels.ts';

describe('changing the model', () => {
  let root = '';
  let store = '';
  let notes = '';
  let models: FakeModels;
  const libraries: Library[] = [];
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-바꿈-'));
    store = path.join(root, 'store');
    notes = path.join(root, 'notes');
    await mkdir(store);
    await mkdir(notes);
    for (const [name, text] of Object.entries({ '가.md': '연차 휴가', '나.md': '서버 장애' }))
      await writeFile(path.join(notes, name), text);
    models = new FakeModels(root);
    for (const name of ['a', 'b', 'c']) await models.add(name);
  });
  afterEach(async () => {
    for (const library of libraries.splice(0)) await library.close();
    await rm(root, { recursive: true, force: true });
  });

  const options = (folder = notes): FolderOptions => ({
    path: folder,
    name: path.basename(folder),
    include: [],
    exclude: [],
    useIgnoreFiles: true,
  });
  /** A library that would answer with `selected`, with these folders open. */
  async function open(selected = 'a', folders: readonly string[] = [notes]): Promise<Library> {
    const known = ['a', 'b', 'c'].map(name => models.path(name));
    const library = new Library({
      storePath: store,
      scorer: new Scorer(plainKernel),
      modelPath: models.path(selected),
      serving: new ServingModel(store, () => Promise.resolve(known)),
      language: 'ko',
      openEncoder: models.openEncoder,
      openReader: models.openReader,
      log: () => undefined,
    });
    libraries.push(library);
    await Promise.all(folders.map(folder => library.openFolder(options(folder))));
    await Promise.all(folders.map(folder => library.reconcile(folder)));
    return library;
  }
  const use = (library: Library, name: string): Promise<void> =>
    library.useModel({ path: models.path(name), name });
  const search = (library: Library, folder = notes): Promise<SearchResult> =>
    library.answers.search(
      { folders: [folder], query: '휴가', limit: 9, channel: 'semantic', floor: 0 },
      new AbortController().signal,
    );
  const filesOf = async (library: Library, folder = notes): Promise<readonly string[]> =>
    (await search(library, folder)).hits.map(hit => hit.file).sort();
  const answering = (library: Library): string | undefined => library.status([notes]).model?.name;

  /** Resolves when `condition` holds; looked at whenever the library says that something changed. */
  function until(library: Library, condition: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const look = (): void => {
        if (!condition()) return;
        stop.dispose();
        resolve();
      };
      const stop = library.onProgress.add(look);
      queueMicrotask(look);
    });
  }
  const done = (library: Library): Promise<void> =>
    until(library, () => library.status([notes]).switching === null);
  /** Resolves when the model has been asked to encode a passage (or a query) that its gate holds. */
  const held = (name: string): Promise<void> => new Promise(resolve => (models.of(name).onHeld = resolve));

  it('answers from the old index until the new one is whole', async () => {
    const library = await open();
    models.of('b').passages.close();
    const isHeld = held('b');
    await use(library, 'b');
    await isHeld;
    const { switching, activity, model } = library.status([notes]);
    assert.deepEqual([switching?.name, switching?.done, model?.name, activity], ['b', 0, 'a', 'idle']);
    assert.deepEqual(await filesOf(library), ['가.md', '나.md']);
    models.of('b').passages.open();
    await done(library);
    assert.equal(answering(library), 'b');
    assert.deepEqual(await filesOf(library), ['가.md', '나.md']);
    assert.equal(models.of('a').encoded.length, 2, 'the old model encoded nothing more');
  });

  it('estimates the time left from the old index and the new model', async () => {
    const library = await open();
    const seen: (number | null)[] = [];
    const stop = library.onProgress.add(() => {
      const { switching } = library.status([notes]);
      if (switching !== null) seen.push(switching.secondsLeft);
    });
    await use(library, 'b');
    await done(library);
    stop.dispose();
    // A second a passage: one of two was left after the first.
    assert.equal(seen[0], null);
    assert.ok(seen.includes(1), String(seen));
  });

  it('lets a search that began with the old model end with it, then frees it', async () => {
    const library = await open();
    models.of('a').queries.close();
    const isHeld = held('a');
    const searching = filesOf(library);
    await isHeld;
    await use(library, 'b');
    await until(library, () => answering(library) === 'b');
    assert.equal(models.of('a').closed, 0);
    models.of('a').queries.open();
    assert.deepEqual(await searching, ['가.md', '나.md']);
    await done(library);
    await use(library, 'a');
    await done(library);
    assert.equal(models.of('a').closed, 1);
  });

  it('goes back without encoding anything', async () => {
    const library = await open();
    await use(library, 'b');
    await done(library);
    models.of('a').encoded = [];
    await use(library, 'a');
    await done(library);
    assert.equal(answering(library), 'a');
    assert.deepEqual(models.of('a').encoded, []);
    assert.deepEqual(await filesOf(library), ['가.md', '나.md']);
  });

  it('is ended by choosing the model that answers', async () => {
    const library = await open();
    models.of('b').passages.close();
    const isHeld = held('b');
    await use(library, 'b');
    await isHeld;
    await use(library, 'a');
    assert.equal(library.status([notes]).switching, null);
    await until(library, () => models.of('b').closed === 1);
    assert.equal(answering(library), 'a');
    assert.equal(library.status([notes]).problem, null);
  });

  it('is replaced by choosing another, and the first can be chosen again', async () => {
    const library = await open();
    models.of('b').passages.close();
    const isHeld = held('b');
    await use(library, 'b');
    await isHeld;
    await use(library, 'c');
    await use(library, 'b');
    await use(library, 'c');
    await done(library);
    assert.equal(answering(library), 'c');
    assert.deepEqual(models.of('b').encoded, []);
    assert.deepEqual(await filesOf(library), ['가.md', '나.md']);
  });

  it('goes on after a restart: the old model answers until then', async () => {
    const first = await open();
    models.of('b').passages.close();
    const isHeld = held('b');
    await use(first, 'b');
    await isHeld;
    await first.close();
    models.of('a').encoded = [];
    const again = held('b');
    const second = await open('b');
    await again;
    assert.equal(answering(second), 'a');
    assert.equal(second.status([notes]).switching?.name, 'b');
    assert.deepEqual(await filesOf(second), ['가.md', '나.md']);
    models.of('b').passages.open();
    await done(second);
    assert.equal(answering(second), 'b');
    assert.deepEqual(models.of('a').encoded, []);
    await second.close();
    assert.equal(answering(await open('b')), 'b');
    assert.equal(models.of('a').opened, 2, 'the next start knows the new one');
  });

  it('makes every folder whole that is being opened when it goes on', async () => {
    const more = path.join(root, 'more');
    await mkdir(more);
    await writeFile(path.join(more, '다.md'), '회의록');
    const first = await open();
    await first.openFolder(options(more));
    await first.reconcile(more);
    await use(first, 'b');
    await done(first);
    await use(first, 'a');
    await done(first);
    await first.close();
    // Only one of them is whole for b.
    await writeFile(path.join(more, '라.md'), '새 회의록');
    models.of('b').passages.close();
    const isHeld = held('b');
    const second = await open('b', [notes, more]);
    await isHeld;
    assert.equal(answering(second), 'a');
    models.of('b').passages.open();
    await done(second);
    assert.deepEqual(await filesOf(second, more), ['다.md', '라.md']);
  });

  it('starts with the selected model where the one that answered is gone or is another now', async () => {
    await (await open()).close();
    await rm(models.path('a'), { recursive: true });
    const second = await open('b');
    assert.equal(answering(second), 'b');
    await second.close();
    await models.add('b', 'changed');
    const third = await open('c');
    assert.equal(answering(third), 'c');
    await third.close();
    await writeFile(path.join(store, 'serving.json'), '{"version": 1, "path": 7');
    assert.equal(answering(await open('b')), 'b');
  });

  it('opens no model that is not one of the user because a file in the store says so', async () => {
    await (await open()).close();
    const elsewhere = await models.add('d');
    const file = path.join(store, 'serving.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace(models.path('a'), elsewhere));
    await rm(models.path('a'), { recursive: true });
    await open('b');
    assert.equal(models.of('d').opened, 0);
  });

  it('keeps the old model, and says why, when the new encoder dies', async () => {
    const library = await open();
    models.of('b').failure = new Error('thread ended with code 134');
    await use(library, 'b');
    await done(library);
    const { problem, activity, model } = library.status([notes]);
    assert.deepEqual([model?.name, activity], ['a', 'idle']);
    assert.match(problem!, /모델을 바꾸지 못해.*b .*134/);
    assert.deepEqual(await filesOf(library), ['가.md', '나.md']);
    models.of('b').failure = null;
    await use(library, 'b');
    await done(library);
    assert.deepEqual([answering(library), library.status([notes]).problem], ['b', null]);
  });

  it('keeps the old model when the new one is damaged', async () => {
    const library = await open();
    await writeFile(path.join(models.path('b'), 'model.onnx'), 'x');
    await use(library, 'b');
    await done(library);
    assert.equal(answering(library), 'a');
    assert.match(library.status([notes]).problem!, /modelDamaged/);
    assert.equal(models.of('b').opened, 0);
  });

  it('keeps the old model when the new index cannot be stored', async () => {
    const library = await open();
    await use(library, 'b');
    await done(library);
    const taken = `${library.status([notes]).model!.fingerprint}-v${FORMAT_VERSION}`;
    await use(library, 'a');
    await done(library);
    const place = path.dirname((await findIn(store, taken))!);
    await rm(path.join(place, taken), { recursive: true });
    await writeFile(path.join(place, taken), 'in the way');
    await use(library, 'b');
    await done(library);
    assert.equal(answering(library), 'a');
    assert.match(library.status([notes]).problem!, /storeUnusable/);
  });

  it('takes in a folder that is opened meanwhile', async () => {
    const library = await open();
    models.of('b').passages.close();
    const isHeld = held('b');
    await use(library, 'b');
    await isHeld;
    const more = path.join(root, 'more');
    await mkdir(more);
    await writeFile(path.join(more, '다.md'), '회의록');
    await library.openFolder(options(more));
    await library.reconcile(more);
    assert.deepEqual(await filesOf(library, more), ['다.md']);
    models.of('b').passages.open();
    await done(library);
    assert.equal(answering(library), 'b');
    assert.deepEqual(await filesOf(library, more), ['다.md']);
  });

  it('forgets a folder that is closed meanwhile', async () => {
    const library = await open();
    const gone = path.join(root, 'gone');
    await mkdir(gone);
    await writeFile(path.join(gone, '다.md'), '회의록');
    await library.openFolder(options(gone));
    await library.reconcile(gone);
    models.of('b').passages.close();
    const isHeld = held('b');
    await use(library, 'b');
    await isHeld;
    await library.closeFolder(gone);
    await rm(gone, { recursive: true });
    models.of('b').passages.open();
    await done(library);
    assert.equal(answering(library), 'b');
    assert.equal(library.status([notes]).problem, null);
  });

  it('brings a file that changes meanwhile into both indexes', async () => {
    const library = await open();
    models.of('b').passages.close();
    const isHeld = held('b');
    await use(library, 'b');
    await isHeld;
    await writeFile(path.join(notes, '다.md'), '새 문서');
    await library.touch([path.join(notes, '다.md')]);
    assert.deepEqual(await filesOf(library), ['가.md', '나.md', '다.md']);
    models.of('b').passages.open();
    await done(library);
    assert.deepEqual(await filesOf(library), ['가.md', '나.md', '다.md']);
  });

  it('rests while paused', async () => {
    const library = await open();
    library.pause();
    await use(library, 'b');
    await until(library, () => library.status([notes]).switching !== null);
    assert.deepEqual(models.of('b').encoded, []);
    assert.equal(answering(library), 'a');
    library.resume();
    await done(library);
    assert.equal(answering(library), 'b');
  });

  it('survives a rebuild', async () => {
    const library = await open();
    models.of('b').passages.close();
    const isHeld = held('b');
    await use(library, 'b');
    await isHeld;
    const rebuilding = library.rebuild(notes);
    models.of('b').passages.open();
    await rebuilding;
    await done(library);
    assert.equal(answering(library), 'b');
    assert.deepEqual(await filesOf(library), ['가.md', '나.md']);
  });

  it('makes no second index for the same model under another name', async () => {
    await models.add('b', 'a');
    const library = await open();
    await use(library, 'b');
    await done(library);
    assert.equal(answering(library), 'b');
    assert.deepEqual(models.of('b').encoded, []);
    assert.deepEqual(await filesOf(library), ['가.md', '나.md']);
    assert.ok(library.isModelOpen(models.path('a')) && library.isModelOpen(models.path('b')));
  });
});

async function findIn(folder: string, name: string): Promise<string | null> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.name === name) return place;
    const found = entry.isDirectory() ? await findIn(place, name) : null;
    if (found !== null) return found;
  }
  return null;
}
