import assert from 'node:assert/strict';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../../src/index/passageIndex.ts';
import { Scorer } from '../../../src/index/scoring/scorer.ts';
import { nameKey } from '../../../src/search/ranking/exactNames.ts';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import { search } from '../../../src/search/search.ts';
import { MemoryStore } from '../../fakes/memoryStore.ts';
import { file, passage } from '../../fakes/records.ts';

const FILES: Readonly<Record<string, string>> = {
  'R-1180.md': '규격',
  '치수.md': 'R-1180 R-1180 R-1180 치수표',
  '고객/한빛제과/계약.md': '조건',
  '고객/늘봄식품/계약.md': '한빛제과 계약 계약 계약',
  '일지/2024-03-15.md': '맑음',
  '모임.md': '2024년 3월 15일 모임',
  '오늘 할 일.md': '세탁',
  'Café.md': '커피',
  '검토/안건.md': '검토 순서',
  '의견.md': '검토 의견',
};

async function found(query: string): Promise<readonly string[]> {
  const index = await PassageIndex.open(new MemoryStore(), 'f');
  await index.replace(
    Object.entries(FILES).map(([path, text]) => file(path.normalize('NFD'), [passage(text), passage(text)])),
  );
  const settings = { limit: 10, channel: 'lexical', floor: 0 } as const;
  const { hits } = await search(
    new Scorer(plainKernel),
    [{ path: '/ws', index }],
    prepareQuery(query),
    settings,
  );
  return hits.map(hit => hit.file.normalize('NFC'));
}

describe('a query that is the name of a file', () => {
  for (const [query, name] of [
    ['R-1180', 'R-1180.md'],
    ['r1180', 'R-1180.md'],
    ['R-1180.md', 'R-1180.md'],
    ['한빛제과 계약', '고객/한빛제과/계약.md'],
    ['고객 한빛제과 계약', '고객/한빛제과/계약.md'],
    ['2024-03-15', '일지/2024-03-15.md'],
    ['2024년 3월 15일', '일지/2024-03-15.md'],
    ['2024.3.15.', '일지/2024-03-15.md'],
    ['오늘 할 일', '오늘 할 일.md'],
    ['오늘할일', '오늘 할 일.md'],
    ['café', 'Café.md'],
  ] as const)
    it(`${query} -> ${name}`, async () => {
      assert.equal((await found(query))[0], name);
    });

  it('brings the file once, by its best passage, and the others after it', async () => {
    const files = await found('R-1180');
    assert.deepEqual(files, ['R-1180.md', '치수.md', '치수.md']);
  });

  it('favours what is in a folder of that name', async () => {
    assert.equal((await found('검토'))[0], '검토/안건.md');
  });

  it('is compared by letters and digits, dates in one form', () => {
    assert.equal(nameKey('2024. 3. 5. 회의'), nameKey('2024-03-05_회의'));
    assert.notEqual(nameKey('2024-03-05'), nameKey('2024-05-03'));
    assert.equal(nameKey('  - '), '');
  });
});
