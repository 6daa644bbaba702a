/** A steered query is ranked anew from the postings: the model is asked once, and a pasted text ranks the same. */
import assert from 'node:assert/strict';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import type { SparseVector } from '../../src/index/sparseVector.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import type { SearchRequest, SearchResult } from '../../src/domain/search.ts';
import { PhraseStates } from '../../src/search/filter/phraseStates.ts';
import type { FolderIndexes } from '../../src/workspace/indexing/folderIndexes.ts';
import { searchIndexes } from '../../src/workspace/searchIndexes.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

const NAMES = ['연차', '휴가', '결재', '수당'];
const QUERY = '연차는 언제 쓰나';

/** What a surface reads of a search: which files, and their scores. */
function ranking({ hits, further }: SearchResult): readonly (readonly [string, number])[] {
  return [...hits, ...further].map(({ file: name, score }) => [name, Math.round(score * 1e6) / 1e6]);
}

describe('re-ranking a steered query', () => {
  let index: PassageIndex;
  let search: (query: string, params?: Partial<SearchRequest>) => Promise<SearchResult>;
  const read: string[] = [];
  const literal: SearchResult[] = [];

  before(async () => {
    index = await PassageIndex.open(new MemoryStore(), 'f');
    await index.replace([
      file('휴가.md', [passage('쉬는 날은 미리 알린다', vectorOf({ 1: 3 }))]),
      file('결재.md', [passage('부서장이 승인한다', vectorOf({ 2: 3 }))]),
      file('수당.md', [passage('남은 연차는 돈으로 준다', vectorOf({ 0: 1, 3: 3 }))]),
    ]);
    // As a model's host: a text is read once.
    const queries = new Map<string, SparseVector>();
    const model = {
      names: NAMES,
      info: null,
      reference: () => Promise.resolve(14),
      encodeQuery: (text: string) => {
        if (!queries.has(text)) {
          read.push(text);
          queries.set(text, vectorOf({ 0: 2, 1: 3, 2: 1 }));
        }
        return Promise.resolve(queries.get(text)!);
      },
    };
    const indexer = { index, unread: [], isUnread: () => false, prefer: () => undefined };
    const indexes = { get: () => indexer, model } as unknown as FolderIndexes;
    const scorer = new Scorer(plainKernel);
    search = (query, params = {}) =>
      searchIndexes(
        indexes,
        { folders: ['/'], query, limit: 10, channel: 'hybrid', floor: 0, ...params },
        {
          scorer,
          phrases: new PhraseStates(),
          signal: new AbortController().signal,
          lexicalNotice: '',
          lexicon: null,
          log: () => undefined,
          onLexical: result => literal.push(result),
        },
      );
  });
  after(() => index.close());
  beforeEach(() => {
    read.length = 0;
    literal.length = 0;
  });

  it('runs the model once for a query and everything that is done to it', async () => {
    const first = await search(QUERY);
    assert.deepEqual(read, [QUERY]);
    const edits = [
      `${QUERY} 뜻:휴가^0`,
      `${QUERY} 뜻:휴가^0 뜻:결재^9`,
      `${QUERY} 뜻:수당^4`,
      `${QUERY} 낱말:승인^2`,
      '연차는^3 언제 쓰나',
      '연차는^0 언제 쓰나 뜻:결재^1',
    ];
    const seen = new Set([JSON.stringify(ranking(first))]);
    for (const edit of edits) seen.add(JSON.stringify(ranking(await search(edit, { finalOnly: true }))));
    assert.deepEqual(read, [QUERY], 'once');
    assert.equal(seen.size, edits.length + 1, 'each of them ranks otherwise');
    assert.equal(literal.length, 1, 'no literal hits come between');
  });

  it('puts first what a heavier concept speaks of, and the sums still hold', async () => {
    assert.notEqual((await search(QUERY)).hits[0]!.file, '결재.md');
    const steered = await search(`${QUERY} 뜻:결재^9`);
    assert.equal(steered.hits[0]!.file, '결재.md');
    for (const hit of [...steered.hits, ...steered.further])
      assert.ok(Math.abs(hit.contributions.reduce((sum, { value }) => sum + value, 0) - hit.score) < 1e-6);
  });

  it('needs no reading at all where only dimensions and added words are asked for', async () => {
    const { hits, terms } = await search('뜻:결재^2 뜻:수당^1');
    assert.deepEqual(read, []);
    assert.deepEqual(
      hits.map(hit => hit.file),
      ['결재.md', '수당.md'],
    );
    assert.deepEqual(terms.map(({ written, weight }) => [written, weight]), [['결재', 2], ['수당', 1]]); // prettier-ignore
  });

  it('ranks a pasted text as it was ranked when it was made', async () => {
    const text = `${QUERY} 뜻:휴가^0.5 뜻:결재^7 낱말:승인^2`;
    const once = ranking(await search(text));
    assert.deepEqual(ranking(await search(`  ${text}\n`.trim())), once);
    assert.deepEqual(ranking(await search(text.normalize('NFD').normalize('NFC'))), once);
  });

  it('takes a concept that the model has not as text, and says so', async () => {
    const { queryNotices, chips } = await search(`${QUERY} 뜻:없는것^2`);
    assert.deepEqual(
      queryNotices.map(({ kind }) => kind),
      ['unknownDimension'],
    );
    assert.deepEqual(chips, []);
  });

  it('without meaning, says that a concept was not heeded', async () => {
    const { queryNotices } = await search(`${QUERY} 뜻:휴가^2`, { channel: 'lexical' });
    assert.deepEqual(
      queryNotices.map(({ kind }) => kind),
      ['needsMeaning'],
    );
  });
});
