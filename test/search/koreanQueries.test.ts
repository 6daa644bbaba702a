import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import type { SearchRequest, SearchResult } from '../../src/domain/search.ts';
import { readPassages } from '../../src/readers/readPassages.ts';
import { PhraseStates } from '../../src/search/filter/phraseStates.ts';
import { FolderIndexer } from '../../src/workspace/indexing/folderIndexer.ts';
import type { FolderIndexes } from '../../src/workspace/indexing/folderIndexes.ts';
import { readGlossary } from '../../src/workspace/glossaryFile.ts';
import { searchIndexes } from '../../src/workspace/searchIndexes.ts';
import { WorkspaceLexicon } from '../../src/workspace/workspaceLexicon.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { vectorOf } from '../fakes/records.ts';

const NOTES: Readonly<Record<string, string>> = {
  '회의.md': '# 주간\n\n팀장이 지난주 회의록을 정리해서 올렸다. 참석자는 여섯 명이었다.',
  '검토.md': '# 계약\n\n법무팀이 계약서 초안의 검토를 마쳤다고 알려 왔다.',
  '콘텐츠.md': '# 홍보\n\n새 콘텐츠를 매주 두 편씩 내기로 했다.',
  '배포.md': '# 배포\n\n서비스는 쿠버네티스(Kubernetes) 위에서 돌아간다. kubernetes 클러스터는 셋이다.',
  '점심.md': '# 식사\n\n오늘은 모두 함께 김치찌개를 먹었습니다. 내일은 밖에서 먹는다.',
  '서버.md': '# 전산\n\n데이터센터 이전은 여름 휴가철을 피해서 한다.',
  '서점.md': '# 소모임\n\n한 달에 책 한 권을 읽고 이야기한다. 책은 돌아가며 고른다.',
  '관제.md': '# 관제\n\nkubernetes 로그를 모아 둔다.',
  '이전.md': '# 이전\n\n쿠버네티스로 옮긴 뒤로 배포가 쉬워졌다.',
  '예산.md': '# 살림\n\n내년 예산안은 십이월에 확정한다.',
};

/** What people type, and the note they look for: the 15 kinds that keyword engines were tried on, and others. */
const QUERIES: readonly (readonly [kind: string, query: string, note: string])[] = [
  ['초성', 'ㅎㅇㄹ', '회의.md'],
  ['한영 전환을 잊음', 'ghldmlfhr', '회의.md'],
  ['덜 친 음절', '회으', '회의.md'],
  ['한자', '檢討', '검토.md'],
  ['외래어 표기', '컨텐츠', '콘텐츠.md'],
  ['한글로 적은 영어', '쿠버네티스', '배포.md'],
  ['영어로 적은 한글', 'kubernetes', '배포.md'],
  ['오타', '회위록', '회의.md'],
  ['동사 기본형', '먹다', '점심.md'],
  ['띄어쓰기', '데이터 센터', '서버.md'],
  ['두 음절', '예산', '예산.md'],
  ['한 음절', '책', '서점.md'],
  ['조사', '회의록에서', '회의.md'],
  ['NFD', '회의록'.normalize('NFD'), '회의.md'],
  ['전각', 'ＫＵＢＥＲＮＥＴＥＳ', '배포.md'],
  ['섞어 쓴 글', 'kubernetes 클러스터 수', '배포.md'],
  ['낱자', 'ㅎㅗㅣㅇㅡㅣ', '회의.md'],
  ['영한 전환을 잊음', 'ㅏㅕㅠㄷ', '배포.md'],
  ['섞인 초성', '회ㅇㄹ', '회의.md'],
  ['용어집', '살림살이', '예산.md'],
];

describe('the kinds of Korean query', () => {
  let root = '';
  let index: PassageIndex;
  let lexicon: WorkspaceLexicon;
  const log: string[] = [];

  before(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-질의-'));
    for (const [name, text] of Object.entries(NOTES)) await writeFile(path.join(root, name), text);
    await mkdir(path.join(root, '.malmoi'));
    await writeFile(path.join(root, '.malmoi', 'glossary.txt'), '# 우리 말\n살림살이, 예산안\n혼자\n');
    index = await PassageIndex.open(new MemoryStore(), 'f');
    const indexer = new FolderIndexer(
      { path: root, name: 'n', include: [], exclude: [], useIgnoreFiles: true },
      index,
      {
        read: request =>
          readPassages(request, { minTokens: 10, maxTokens: 60 }, text => Math.ceil(text.length / 2)),
        encode: null,
        atOnce: { letters: 1, meaning: 1 },
        mayGoOn: () => Promise.resolve(),
        mayEncode: () => Promise.resolve(),
        onProgress: () => undefined,
        onIndexed: () => undefined,
        log: line => log.push(line),
      },
    );
    await indexer.reconcile();
    lexicon = new WorkspaceLexicon({
      indexes: () => [index],
      glossaries: async () => [await readGlossary(path.join(root, '.malmoi', 'glossary.txt'))],
      isReading: () => false,
      pace: () => Promise.resolve(),
      log: line => log.push(line),
    });
    await lexicon.ready();
  });
  after(async () => {
    await lexicon.close();
    await index.close();
    await rm(root, { recursive: true, force: true });
  });

  /** What the model was given to read. */
  const read: string[] = [];
  const model = {
    names: [],
    reference: () => Promise.resolve(1),
    encodeQuery: (text: string) => {
      read.push(text);
      return Promise.resolve(vectorOf({ 1: 1 }));
    },
  };
  const search = (query: string, params: Partial<SearchRequest> = {}): Promise<SearchResult> =>
    searchIndexes(
      { get: () => ({ index, unread: [] }), model } as unknown as FolderIndexes,
      { folders: [root], query, limit: 5, channel: 'lexical', ...params },
      {
        scorer: new Scorer(plainKernel),
        phrases: new PhraseStates(),
        signal: new AbortController().signal,
        lexicalNotice: '',
        lexicon: lexicon.current,
        log: line => log.push(line),
      },
    );

  for (const [kind, query, note] of QUERIES)
    it(`${kind}: ${query} finds ${note} first`, async () => {
      const { hits } = await search(query, { typing: true });
      assert.equal(hits[0]?.file, note);
      const sum = hits[0].contributions.reduce((total, { value }) => total + value, 0);
      assert.ok(Math.abs(sum - hits[0].score) < 1e-6);
    });

  it('says what else was looked for, and where that stands', async () => {
    const { rewritings, hits } = await search('ghldmlfhr');
    assert.deepEqual(rewritings, [
      { id: 'layout ghldmlfhr 회의록', kind: 'layout', word: 0, from: 'ghldmlfhr', to: '회의록' },
    ]);
    const [contribution] = hits[0]!.contributions;
    assert.deepEqual([contribution!.kind, contribution!.token], ['rewritten', '회의록 (ghldmlfhr)']);
    assert.deepEqual(
      contribution!.ranges.map(({ start, end }) => hits[0]!.text.slice(start, end)),
      ['회의록'],
    );
  });

  it('learns from one note what another one calls a thing', async () => {
    for (const [query, literal, other] of [
      ['쿠버네티스', '이전.md', '관제.md'],
      ['kubernetes', '관제.md', '이전.md'],
    ] as const) {
      const files = (await search(query, { floor: 0 })).hits.map(({ file }) => file);
      assert.deepEqual(files, ['배포.md', literal, other]);
    }
  });

  it('leaves out what is not wanted', async () => {
    const withoutRewritings = (await search('컨텐츠')).rewritings.map(({ id }) => id);
    const { rewritings, hits } = await search('컨텐츠', { withoutRewritings });
    assert.deepEqual(rewritings, []);
    assert.ok(hits.every(hit => hit.contributions.every(({ kind }) => kind !== 'rewritten')));
  });

  it('rewrites no quotation, no condition, and nothing of a text', async () => {
    for (const query of ['"컨텐츠"', '+컨텐츠', '예산 -컨텐츠'])
      assert.deepEqual((await search(query)).rewritings, [], query);
    assert.deepEqual((await search('컨텐츠', { plain: true })).rewritings, []);
    assert.equal((await search('컨텐츠^2')).rewritings.length, 1);
  });

  for (const [query, ...given] of [
    ['ㅎㅇㄹ', '회의록'],
    ['회ㅇㄹ 정리', '회의록 정리'],
    ['회으', '회의'],
    ['계약서 초안 검ㅌ', '계약서 초안 검토'],
    ['ghldmlfhr', '회의록'],
    ['檢討 결과', '검토 결과'],
    ['회의록', '회의록'],
    // Nothing in the documents has these: noise to a model, letters to the other channel.
    ['ㅋㅋ'],
    ['ㅂㅂㅂ ㅈㅈ'],
    ['ﾾﾾ'],
    ['ㅋㅋ 회의록', 'ㅋㅋ 회의록'],
  ] as const)
    it(`gives the model ${given[0] ?? 'nothing'} to read for ${query}`, async () => {
      read.length = 0;
      const { notice } = await search(query, { channel: 'hybrid', typing: true });
      assert.deepEqual([read, notice], [given, null]);
    });

  it('gives the model what was typed where meaning alone is asked for, or a rewriting was taken back', async () => {
    read.length = 0;
    await search('ㅋㅋ', { channel: 'semantic' });
    const withoutRewritings = ['회의록', '회의록을'].map(to => `initials ㅎㅇㄹ ${to}`);
    await search('ㅎㅇㄹ', { channel: 'hybrid', withoutRewritings });
    assert.deepEqual(read, ['ㅋㅋ']);
  });

  it('takes no word of a longer question for a slip', async () => {
    const kinds = async (query: string): Promise<readonly string[]> =>
      (await search(query)).rewritings.map(({ kind }) => kind);
    assert.deepEqual(await kinds('지난주 회위록 정리'), ['typo']);
    assert.deepEqual(await kinds('팀장이 지난주 회위록 정리해서 어디에 올렸나요'), []);
  });

  it('takes a last word for unfinished only while it is being typed', async () => {
    const kind = async (query: string, typing: boolean): Promise<string | undefined> =>
      (await search(query, { typing })).rewritings[0]?.kind;
    assert.equal(await kind('회으', true), 'halfTyped');
    assert.equal(await kind('회으', false), 'typo');
    assert.equal(await kind('회으 ', true), 'typo');
  });
});
