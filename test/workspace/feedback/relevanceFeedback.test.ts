/** From what is said of a hit to a set that is measured: the book, its export, and what a hostile note may hold. */
import { MARKDOWN } from '../../fakes/records.ts';
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { readBeir } from '../../../src/evaluation/beir.ts';
import { feedbackSet, type SaidOfPassage } from '../../../src/evaluation/feedbackSet.ts';
import type { Hit } from '../../../src/domain/hit.ts';
import type { SearchResult } from '../../../src/domain/search.ts';
import { defaultStorePath } from '../../../src/rpc/storePath.ts';
import { RelevanceFeedback } from '../../../src/workspace/feedback/relevanceFeedback.ts';
import { feedbackPath, feedbackPlace } from '../../../src/workspace/feedback/feedbackPlace.ts';

describe('RelevanceFeedback', () => {
  let root: string;
  let notes: string;
  let store: string;
  let own: string;
  const newBook = (): RelevanceFeedback => new RelevanceFeedback(store, own);
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-feedback-'));
    [notes, store, own] = [path.join(root, 'notes'), path.join(root, 'store'), path.join(root, 'own')];
    await mkdir(notes);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const hit = (
    text: string,
    query = '연차',
  ): { folder: string; query: string; file: string; headings: string[]; text: string } => ({
    folder: notes,
    query,
    file: '규정.md',
    headings: ['휴가'],
    text,
  });

  it('keeps the last word on a query and a passage, also for the next engine', async () => {
    const book = newBook();
    await book.judge({ ...hit('하나'), verdict: 'relevant' }, 1);
    await book.judge({ ...hit('둘'), verdict: 'notRelevant' }, 2);
    await book.judge({ ...hit('하나'), verdict: 'notRelevant' }, 3);
    await book.judge({ ...hit('하나', '휴가'), verdict: 'relevant' }, 4);
    const said = await newBook().read(notes);
    assert.deepEqual(
      said.map(({ query, text, verdict, time }) => [query, text, verdict, time]),
      [
        ['연차', '둘', 'notRelevant', 2],
        ['연차', '하나', 'notRelevant', 3],
        ['휴가', '하나', 'relevant', 4],
      ],
    );
    await book.judge({ ...hit('둘'), verdict: null }, 5);
    assert.equal((await book.read(notes)).length, 2);
  });

  it('loses none of many said at once', async () => {
    const book = newBook();
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => book.judge({ ...hit(`글 ${i}`), verdict: 'relevant' }, i)),
    );
    assert.equal((await book.read(notes)).length, 30);
  });

  it('writes nothing into the folder of the notes, and lets only its owner read', async () => {
    await newBook().judge({ ...hit('하나'), verdict: 'relevant' }, 1);
    assert.deepEqual(await readdir(notes), []);
    const { file } = await feedbackPlace(own, store, notes);
    assert.deepEqual(await readdir(own), [path.basename(file)]);
    // The store is a cache: who empties it must not lose this.
    await assert.rejects(readdir(store), { code: 'ENOENT' });
    if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('puts a damaged file aside and goes on', async () => {
    const book = newBook();
    await book.judge({ ...hit('하나'), verdict: 'relevant' }, 1);
    const { file } = await feedbackPlace(own, store, notes);
    await writeFile(file, '{"version":1,"judgements":[{"query":');
    assert.deepEqual(await book.read(notes), []);
    await book.judge({ ...hit('둘'), verdict: 'relevant' }, 2);
    assert.equal((await book.read(notes)).length, 1);
    assert.match(await readFile(`${file}.damaged`, 'utf8'), /judgements/);
  });

  it('brings along what an earlier version kept in the store, and the later word counts', async () => {
    const row = (text: string, verdict: string, time: number): object => {
      const { folder: _, ...said } = hit(text);
      return { ...said, verdict, time };
    };
    await newBook().judge({ ...hit('하나'), verdict: 'notRelevant' }, 5);
    const former = (await feedbackPlace(own, store, notes)).former!;
    await mkdir(path.dirname(former), { recursive: true });
    const judgements = [row('하나', 'right', 1), row('둘', 'right', 2)];
    await writeFile(former, JSON.stringify({ version: 1, judgements }));
    const verdicts = (await newBook().read(notes)).map(({ text, verdict }) => [text, verdict]);
    assert.deepEqual(verdicts, [
      ['둘', 'relevant'],
      ['하나', 'notRelevant'],
    ]);
    await assert.rejects(stat(former), { code: 'ENOENT' });
    await rm(store, { recursive: true });
    assert.equal((await newBook().read(notes)).length, 2);
  });

  it('writes the words of the first version, which every version reads', async () => {
    await newBook().judge({ ...hit('하나'), verdict: 'relevant' }, 1);
    await newBook().judge({ ...hit('둘'), verdict: 'notRelevant' }, 2);
    const { file } = await feedbackPlace(own, store, notes);
    const { version, judgements } = JSON.parse(await readFile(file, 'utf8')) as {
      readonly version: number;
      readonly judgements: readonly { readonly verdict: string }[];
    };
    assert.deepEqual([version, judgements.map(({ verdict }) => verdict)], [1, ['right', 'wrong']]);
  });

  it('marks the hits of a query with what was said of them, also by another process', async () => {
    const book = newBook();
    const found = (text: string): Hit => {
      const { query: _, ...said } = hit(text);
      return {
        ...said,
        ...MARKDOWN,
        id: text,
        start: 0,
        end: 0,
        line: 0,
        column: 0,
        endLine: 0,
        score: 1,
        contributions: [],
      };
    };
    const result = { hits: [found('하나'), found('둘')] } as unknown as SearchResult;
    const verdicts = async (query: string): Promise<unknown> =>
      (await book.marker({ folders: [notes], query }))(result).hits.map(({ verdict }) => verdict);
    assert.deepEqual(await verdicts('연차'), [undefined, undefined]);
    await newBook().judge({ ...hit('하나'), verdict: 'relevant' }, 1);
    assert.deepEqual(await verdicts(' 연차'.normalize('NFD')), ['relevant', undefined]);
    assert.deepEqual(await verdicts('휴가'), [undefined, undefined]);
    await newBook().judge({ ...hit('하나'), verdict: null }, 2);
    assert.deepEqual(await verdicts('연차'), [undefined, undefined]);
    await book.marker({ folders: [path.join(root, 'gone')], query: '연차' });
  });

  it('stands in the data folder of the user, or where the environment says', () => {
    assert.equal(feedbackPath({ MALMOI_FEEDBACK: '/f' }), path.resolve('/f'));
    assert.notEqual(path.dirname(feedbackPath({})), defaultStorePath());
  });

  it('forgets everything when told to, and says how much it was', async () => {
    const book = newBook();
    await book.judge({ ...hit('하나'), verdict: 'relevant' }, 1);
    assert.equal(await book.clear(notes), 1);
    assert.deepEqual([await book.read(notes), await book.clear(notes)], [[], 0]);
  });

  it('takes no more than a page of anything, and no folder that is not there', async () => {
    const book = newBook();
    await book.judge({ ...hit('글'.repeat(50_000), '말'.repeat(5_000)), verdict: 'relevant' }, 1);
    const [said] = await book.read(notes);
    assert.deepEqual([said!.text.length, said!.query.length], [20_000, 2_000]);
    await assert.rejects(
      book.judge({ ...hit('a'), folder: path.join(root, 'gone'), verdict: 'relevant' }, 1),
      {
        code: 'folderUnreadable',
      },
    );
  });
});

describe('feedbackSet', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a\tb\n1', '\u2028', '"]}', '__proto__', '=cmd()', '../x', '\r\n', '<script>', '가'),
  );
  const passage = fc.record({ file: nasty, headings: fc.array(nasty, { maxLength: 2 }), text: nasty });
  const said = fc.tuple(passage, nasty, fc.constantFrom('relevant' as const, 'notRelevant' as const));

  async function readBack(set: ReturnType<typeof feedbackSet>): ReturnType<typeof readBeir> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-set-'));
    try {
      await mkdir(path.join(folder, 'qrels'));
      await writeFile(path.join(folder, 'corpus.jsonl'), set.corpus);
      await writeFile(path.join(folder, 'queries.jsonl'), set.queries);
      await writeFile(path.join(folder, 'qrels/test.tsv'), set.qrels);
      return await readBeir(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('comes back through the reader of sets as it was said, whatever notes and queries hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(passage, { maxLength: 5 }),
        fc.array(said, { maxLength: 6 }),
        async (passages, all) => {
          const judged: SaidOfPassage[] = all.map(([own, query, verdict]) => ({ ...own, query, verdict }));
          const set = feedbackSet(passages, judged);
          const { documents, queries, judgements } = await readBack(set);
          assert.equal(documents.length, set.counts.documents);
          passages.forEach(({ text }, i) => assert.equal(documents[i]!.text, text));
          const answered = new Set(
            judged.flatMap(({ query, verdict }) => (verdict === 'relevant' ? [query] : [])),
          );
          assert.equal(queries.length, answered.size);
          for (const { id, text } of queries) {
            const relevant = [...judgements.get(id)!].filter(([, grade]) => grade > 0);
            const texts = relevant.map(([document]) => documents.find(row => row.id === document)!.text);
            for (const found of texts)
              assert.ok(judged.some(each => each.query === text && each.text === found));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('finds a passage whose file has moved, keeps one that has changed, and leaves unanswered queries out', async () => {
    const now = [
      { file: '새/규정.md', headings: ['휴가'], text: '연차는 3일 전까지' },
      { file: '회의.md', headings: [], text: '회의는 월요일' },
    ];
    const set = feedbackSet(now, [
      { file: '규정.md', headings: ['휴가'], text: '연차는 3일 전까지', query: '연차', verdict: 'relevant' },
      { file: '회의.md', headings: [], text: '회의는 화요일', query: '연차', verdict: 'notRelevant' },
      { file: '회의.md', headings: [], text: '회의는 월요일', query: '날씨', verdict: 'notRelevant' },
    ]);
    const { documents, queries, judgements } = await readBack(set);
    assert.deepEqual(
      documents.map(({ text }) => text),
      ['연차는 3일 전까지', '회의는 월요일', '회의는 화요일'],
    );
    assert.deepEqual(
      [queries.map(({ text }) => text), [...judgements.get('q1')!]],
      [
        ['연차'],
        [
          ['p1', 1],
          ['p3', 0],
        ],
      ],
    );
  });
});
