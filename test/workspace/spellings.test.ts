import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FolderOptions } from '../../src/domain/folder.ts';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { Library } from '../../src/workspace/library.ts';
import { FakeModels } from '../fakes/fakeModels.ts';

/** A link stands for the spellings that Windows and macOS take for one name (`c:\notes`, `C:\Notes`). */
describe('a folder that is open under two names', () => {
  let root = '';
  let notes = '';
  let link = '';
  let library: Library;
  const lines: string[] = [];
  const newLibrary = (models: FakeModels): Library =>
    new Library({
      storePath: path.join(root, 'store'),
      scorer: new Scorer(plainKernel),
      modelPath: models.path('a'),
      serving: null,
      language: 'ko',
      openEncoder: models.openEncoder,
      openReader: models.openReader,
      log: line => lines.push(line),
    });
  let models: FakeModels;
  beforeEach(async function () {
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-이름-'));
    notes = path.join(root, 'notes');
    link = path.join(root, 'link');
    await mkdir(notes);
    // Windows asks for a right to make links.
    await symlink(notes, link, 'junction').catch(() => this.skip());
    for (let i = 0; i < 20; i++) await writeFile(path.join(notes, `${i}.md`), `휴가 ${i}`);
    models = new FakeModels(root);
    await models.add('a');
    lines.length = 0;
    library = newLibrary(models);
  });
  afterEach(async () => {
    await library.close();
    await rm(root, { recursive: true, force: true });
  });

  const folder = (place: string): FolderOptions => ({
    path: place,
    name: 'notes',
    include: [],
    exclude: [],
    useIgnoreFiles: true,
  });
  const open = async (place: string): Promise<void> => {
    await library.openFolder(folder(place));
    await library.reconcile(place);
  };
  const foundIn = async (...folders: string[]): Promise<string[]> => {
    const asked = { folders, query: '휴가', limit: 50, channel: 'lexical', floor: 0 } as const;
    const { hits } = await library.answers.search(asked, new AbortController().signal);
    return hits.map(hit => hit.folder);
  };

  it('has one index with one writer, and is found under either', async () => {
    await Promise.all([open(notes), open(link)]);
    assert.deepEqual([...new Set(await foundIn(notes))], [notes]);
    assert.deepEqual([...new Set(await foundIn(link))], [link]);
    assert.equal(library.status([notes, link]).documents, 20);
    await writeFile(path.join(notes, '새 글.md'), '휴가 계획');
    await library.touch([path.join(link, '새 글.md'), path.join(notes, '새 글.md')]);
    assert.equal((await foundIn(notes)).length, 21);
    assert.equal((await foundIn(link)).length, 21);
    // Whoever asks for both gets each passage once.
    assert.equal((await foundIn(notes, link)).length, 21);
    // What is on disk is whole: nothing has to be mended, and nothing is read again.
    await library.close();
    library = newLibrary(models);
    const encoded = models.of('a').encoded.length;
    await open(notes);
    assert.equal(library.status([notes]).problem, null);
    assert.equal((await foundIn(notes)).length, 21);
    assert.deepEqual(
      lines.filter(line => line.startsWith('index of')),
      [],
    );
    assert.equal(models.of('a').encoded.length, encoded);
  });

  it('stays open under one when the other is closed', async () => {
    await open(notes);
    await open(link);
    await library.closeFolder(notes);
    assert.equal((await foundIn(link)).length, 20);
    await writeFile(path.join(notes, '새 글.md'), '휴가 계획');
    await library.touch([path.join(link, '새 글.md')]);
    assert.equal((await foundIn(link)).length, 21);
    await open(notes);
    assert.equal((await foundIn(notes)).length, 21);
  });

  it('is built anew under both', async () => {
    await Promise.all([open(notes), open(link)]);
    await library.rebuild(link);
    await library.reconcile(link);
    assert.equal((await foundIn(link)).length, 20);
    assert.equal((await foundIn(notes)).length, 20);
  });
});
