import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FolderOptions } from '../../src/domain/folder.ts';
import type { SearchResult } from '../../src/domain/search.ts';
import { UserError } from '../../src/errors/userError.ts';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { Library } from '../../src/workspace/library.ts';
import { FakeModels } from '../fakes/fakeModels.ts';

describe('a search for files whose meaning is to come', () => {
  let root = '';
  let notes = '';
  let models: FakeModels;
  let library: Library;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-뜻-'));
    notes = path.join(root, 'notes');
    await mkdir(path.join(root, 'store'));
    await mkdir(notes);
    for (const [name, text] of Object.entries({
      '가.md': '연차 휴가',
      '나.md': '서버 장애',
      '다.md': '휴가',
    }))
      await writeFile(path.join(notes, name), text);
    models = new FakeModels(root);
    await models.add('a');
    library = new Library({
      storePath: path.join(root, 'store'),
      scorer: new Scorer(plainKernel),
      modelPath: models.path('a'),
      serving: null,
      language: 'ko',
      openEncoder: models.openEncoder,
      openReader: models.openReader,
      onBattery: () => Promise.resolve(true),
      log: () => undefined,
    });
  });
  afterEach(async () => {
    await library.close();
    await rm(root, { recursive: true, force: true });
  });

  const folder = (): FolderOptions => ({
    path: notes,
    name: 'notes',
    include: [],
    exclude: [],
    useIgnoreFiles: true,
  });
  const search = (query: string): Promise<SearchResult> =>
    library.answers.search(
      { folders: [notes], query, limit: 5, channel: 'hybrid', floor: 0 },
      new AbortController().signal,
    );
  const shown = ({ hits }: SearchResult): string[] =>
    hits.map(({ file, pending }) => (pending === true ? `${file} …` : file));
  const status = (): readonly number[] => {
    const { read, done, total } = library.status([notes]);
    return [read, done, total];
  };
  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise(resolve => setTimeout(resolve, 5));
  }

  it('finds them by their letters, marked, and then by their meaning', async () => {
    models.of('a').passages.close();
    await library.openFolder(folder());
    const reconciling = library.reconcile(notes);
    await until(() => status()[0] === 3);
    assert.deepEqual(status(), [3, 0, 3]);
    assert.equal(library.status([notes]).activity, 'indexing');
    const letters = await search('연차 휴가');
    assert.deepEqual(shown(letters), ['가.md …', '다.md …']);
    for (const { score, contributions } of letters.hits) {
      assert.ok(contributions.every(({ channel }) => channel === 'lexical'));
      assert.ok(Math.abs(contributions.reduce((sum, { value }) => sum + value, 0) - score) < 1e-6);
    }
    models.of('a').passages.open();
    await reconciling;
    assert.deepEqual(status(), [3, 3, 3]);
    // The fake model finds every passage for every query.
    assert.deepEqual(shown(await search('연차 휴가')), ['가.md', '다.md', '나.md']);
  });

  it('are related to others as soon as their meaning is there, without a run of the model', async () => {
    const related = async (file: string, line: number | null): Promise<readonly unknown[]> => {
      const request = { folders: [notes], folder: notes, file, line, limit: 5 };
      const { state, hits } = await library.answers.related(request);
      return [state, hits.map(hit => hit.file).sort()];
    };
    models.of('a').passages.close();
    await library.openFolder(folder());
    const reconciling = library.reconcile(notes);
    await until(() => status()[0] === 3);
    assert.deepEqual(await related('가.md', 0), ['pending', []]);
    models.of('a').passages.open();
    await reconciling;
    models.of('a').queries.close();
    // The fake model gives every passage the same vector.
    for (const line of [0, null])
      assert.deepEqual(await related('가.md', line), ['found', ['나.md', '다.md']]);
    assert.deepEqual(await related('없는 글.md', 0), ['notIndexed', []]);
  });

  it('rests on the battery where that is wanted, with all letters found, and says so', async () => {
    library.setIndexing({ share: 1, pauseOnBattery: true });
    await new Promise(setImmediate);
    await library.openFolder(folder());
    const reconciling = library.reconcile(notes);
    await until(() => status()[0] === 3);
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.deepEqual(status(), [3, 0, 3]);
    const { activity, resting, secondsLeft } = library.status([notes]);
    assert.deepEqual([activity, resting, secondsLeft], ['indexing', 'battery', null]);
    assert.deepEqual(shown(await search('연차 휴가')), ['가.md …', '다.md …']);
    library.setIndexing({ share: 1, pauseOnBattery: false });
    await reconciling;
    assert.deepEqual(status(), [3, 3, 3]);
    assert.equal(library.status([notes]).resting, undefined);
  });

  it('finds everything by its letters while the model fails, says so once, and goes on when it works', async () => {
    models.of('a').failure = new UserError('modelDamaged', 'model.onnx');
    await library.openFolder(folder());
    await library.reconcile(notes);
    const { activity, problem } = library.status([notes]);
    assert.equal(activity, 'failed');
    assert.match(problem!, /model\.onnx/);
    assert.deepEqual(status(), [3, 0, 3]);
    assert.deepEqual(shown(await search('서버')), ['나.md …']);
    models.of('a').failure = null;
    await library.reconcile(notes);
    assert.deepEqual([status(), library.status([notes]).problem], [[3, 3, 3], null]);
    assert.ok(shown(await search('서버')).every(file => !file.endsWith('…')));
  });
});
