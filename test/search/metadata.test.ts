import assert from 'node:assert/strict';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import type { Hit } from '../../src/domain/hit.ts';
import { readDocument } from '../../src/readers/readPassages.ts';
import { prepareQuery } from '../../src/search/query/encodedQuery.ts';
import { search } from '../../src/search/search.ts';
import type { Conditions } from '../../src/search/filter/passageFilter.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { vectorOf } from '../fakes/records.ts';

const FILES: Readonly<Record<string, string>> = {
  '고객/한빛 제과/계약.md': '---\n담당: 김 민수\n---\n기간은 두 해.\n\n# 둘\n\n값은 백.\n',
  '고객/늘봄/계약.md': '기간은 한 해. [약도](https://map.kr/place/8842) 참고.\n',
  '링크.md': '[여기](docs/%EC%84%A4%EC%B9%98%20%EC%95%88%EB%82%B4.pdf) 를 누른다. 100%를 넘는다.\n',
  '메모.md': '# [배포](./deploy/절차_초안.md)\n\n한빛 제과와 늘봄을 만났다. 지도는 place 에.\n',
};

describe('what is no prose', () => {
  let index: PassageIndex;
  before(async () => {
    index = await PassageIndex.open(new MemoryStore(), 'test');
    const rules = { minTokens: 10, maxTokens: 60 };
    for (const [path, text] of Object.entries(FILES)) {
      const answer = await readDocument(new TextEncoder().encode(text), path, rules, each => each.length / 2);
      assert.ok(answer.result === 'passages');
      const passages = answer.passages.map(({ context: _, tokens: __, ...own }) => ({
        ...own,
        vector: vectorOf({}),
      }));
      const head = { path, size: 1, modified: 1, hash: '', reason: null, detail: null, tags: [] };
      await index.replace([{ ...head, state: 'indexed', passages }]);
    }
  });

  const find = async (query: string, literals: Conditions['literals'] = []): Promise<readonly Hit[]> => {
    const conditions = { files: null, literals, headings: [], negativeQueries: [] };
    const settings = { limit: 10, channel: 'lexical', floor: 0, conditions } as const;
    const folders = [{ path: '/notes', index }];
    return (await search(new Scorer(plainKernel), folders, prepareQuery(query), settings)).hits;
  };
  const files = async (...given: Parameters<typeof find>): Promise<string[]> =>
    [...new Set((await find(...given)).map(({ file }) => file))].sort();
  const phrase = (text: string, negative = false): Conditions['literals'] => [{ text, negative }];

  it('is found, prose first', async () => {
    const hits = await find('place');
    assert.deepEqual(
      hits.map(({ file }) => file),
      ['메모.md', '고객/늘봄/계약.md'],
    );
    assert.deepEqual(await files('절차'), ['메모.md']);
    assert.deepEqual((await find('한빛 제과 계약'))[0]!.file, '고객/한빛 제과/계약.md');
  });
  it('is found by what an encoded address says', async () => {
    assert.deepEqual(await files('설치 안내'), ['링크.md']);
    assert.deepEqual(await files('%EC%84%A4'), ['링크.md']);
  });

  it('is marked where it stands in the passage', async () => {
    const [hit] = await find('8842');
    const marked = hit!.contributions.flatMap(({ ranges }) =>
      ranges.map(({ start, end }) => hit!.text.slice(start, end)),
    );
    assert.deepEqual(marked, ['8842']);
  });
  it('has phrases: in a target, beside the text, in fields of the whole file, in the name of a folder', async () => {
    assert.deepEqual(await files('', phrase('map.kr/place')), ['고객/늘봄/계약.md']);
    assert.deepEqual(await files('', phrase('절차_초안')), ['메모.md']);
    assert.equal((await find('', phrase('김 민수'))).length, 2);
    assert.deepEqual(await files('', phrase('한빛 제과')), ['고객/한빛 제과/계약.md', '메모.md']);
    assert.deepEqual(await files('', phrase('한빛 민수')), []);
  });
  it('is no reason to keep a passage out', async () => {
    assert.deepEqual(await files('', phrase('한빛 제과', true)), [
      '고객/늘봄/계약.md',
      '고객/한빛 제과/계약.md',
      '링크.md',
    ]);
    assert.deepEqual((await files('', phrase('8842', true))).length, 4);
  });
});
