/** Each clause of a query says how many passages it hides: as many as a search without it finds more. */
import assert from 'node:assert/strict';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import type { SearchRequest, SearchResult } from '../../src/domain/search.ts';
import { PhraseStates } from '../../src/search/filter/phraseStates.ts';
import type { FolderIndexes } from '../../src/workspace/indexing/folderIndexes.ts';
import { searchIndexes } from '../../src/workspace/searchIndexes.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

describe('the clauses of a query', () => {
  let index: PassageIndex;
  let search: (query: string, params?: Partial<SearchRequest>) => Promise<SearchResult>;
  const lexical: SearchResult[] = [];

  before(async () => {
    index = await PassageIndex.open(new MemoryStore(), 'f');
    await index.replace([
      file('회의/예산.md', [
        passage('예산을 정한다', vectorOf({ 0: 3 })),
        passage('남은 예산은 돌려준다', vectorOf({ 0: 2 })),
      ]),
      file('회의/비용.txt', [passage('쓸 돈을 정한다', vectorOf({ 0: 2, 1: 1 }))]),
      file('규정/예산.txt', [passage('예산의 규정', vectorOf({ 1: 2 }))]),
      file('규정/휴가.txt', [passage('쉬는 날', vectorOf({ 2: 2 }))]),
    ]);
    const model = {
      names: ['예산', '규정', '휴가'],
      info: null,
      reference: () => Promise.resolve(14),
      encodeQuery: () => Promise.resolve(vectorOf({ 0: 2 })),
    };
    const indexer = { index, unread: [], isUnread: () => false, prefer: () => undefined };
    const indexes = { get: () => indexer, model } as unknown as FolderIndexes;
    const scorer = new Scorer(plainKernel);
    const phrases = new PhraseStates();
    search = (query, params = {}) =>
      searchIndexes(
        indexes,
        { folders: ['/'], query, limit: 10, channel: 'hybrid', floor: 0, ...params },
        {
          scorer,
          phrases,
          signal: new AbortController().signal,
          lexicalNotice: '',
          lexicon: null,
          onLexical: result => lexical.push(result),
          log: () => undefined,
        },
      );
  });
  after(() => index.close());

  const told = ({ chips }: SearchResult): readonly (readonly [string, number | undefined])[] =>
    chips.map(({ text, hides }): readonly [string, number | undefined] => [text, hides?.count]);

  for (const channel of ['hybrid', 'lexical'] as const)
    it(`hide as many as are found without each of them, ${channel}`, async () => {
      for (const query of ['예산 ext:md', '예산 경로:규정', '예산 -경로:회의 ext:txt', '예산 -"돌려준다"']) {
        const result = await search(query, { channel });
        assert.ok(result.chips.length > 0);
        for (const { without, hides } of result.chips) {
          const free = await search(without, { channel });
          assert.deepEqual(hides, { count: free.total - result.total, isExact: true }, query);
        }
      }
    });

  it('are told in numbers a person can count', async () => {
    // The query has three passages with the letters, one with the meaning alone.
    assert.deepEqual(told(await search('예산 ext:md')), [['md', 2]]);
    assert.deepEqual(told(await search('예산 ext:md', { channel: 'lexical' })), [['md', 1]]);
    assert.deepEqual(told(await search('예산 ext:md 경로:회의')), [
      ['md', 1],
      ['회의', 0],
    ]);
  });

  it('are counted once, when the search is final; weights hide nothing', async () => {
    lexical.length = 0;
    const { chips } = await search('예산^2 ext:md');
    assert.deepEqual(
      chips.map(({ kind, hides }) => [kind, hides?.count]),
      [
        ['weight', undefined],
        ['extension', 2],
      ],
    );
    assert.deepEqual(told(lexical[0]!), [
      ['예산', undefined],
      ['md', undefined],
    ]);
  });
});
