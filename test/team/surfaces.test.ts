/** What a window, the command line and agents get of a team's documents beside finding them by words. */
import assert from 'node:assert/strict';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import type { SearchResult } from '../../src/domain/search.ts';
import { teamFolder, type TeamAccess } from '../../src/domain/team/team.ts';
import { Teams } from '../../src/team/teams.ts';
import { sayIn } from '../../src/wording/language.ts';
import { whyReasons } from '../../src/wording/whyReasons.ts';
import { answering } from './answering.ts';
import { FaultyProxy } from './server/faultyProxy.ts';
import { needsServer } from './server/shared.ts';
import { accessTo, folderWith, push, teamName } from './world.ts';

const TEXTS = {
  '회의/예산 회의.md': '# 예산\n\n다음 분기 예산 은 삼월 회의 에서 정한다.',
  '회의/휴가.md': '---\ntags: [인사]\n---\n# 휴가\n\n휴가 신청 은 사흘 전 까지 한다.',
  'docs/서버.txt': '서버 점검 은 새벽 두 시 에 한다. 예산 과 상관 없다.',
  'docs/연차.md': '# 연차\n\n연차 휴가 는 해마다 열다섯 날 이다.',
};
const MINE = { '내 메모.md': '내 예산 메모: 예산 은 다음 주 에 본다.' };
/** Days of 2026 on which the files were changed last. */
const CHANGED = { '회의/예산 회의.md': 4, '회의/휴가.md': 3, 'docs/서버.txt': 2, 'docs/연차.md': 1 };
const SOURCE = teamFolder('팀', 'docs');

const filesOf = ({ hits }: Pick<SearchResult, 'hits'>): string[] => hits.map(hit => hit.file);

describe('a team’s documents in the surfaces', function () {
  const server = needsServer(this);
  let access: TeamAccess;
  before(async () => {
    await using folder = await folderWith(TEXTS);
    for (const [name, day] of Object.entries(CHANGED)) {
      const time = new Date(2026, 0, day);
      await utimes(path.join(folder.path, name), time, time);
    }
    const team = teamName();
    access = accessTo(await server(), { index: team, timeout: 20_000 });
    await push(access, folder, { team });
  });
  const open = (own: Partial<TeamAccess> = {}): Teams => new Teams([{ ...access, ...own }], () => undefined);

  it('are found where no folder is open', async () => {
    const teams = open();
    await using engine = await answering(teams, null);
    const found = await engine.search('예산');
    assert.equal(found.hits[0]!.file, '회의/예산 회의.md');
    assert.deepEqual(found.hits[0]!.tags, []);
    assert.equal(found.hits[0]!.modified, new Date(2026, 0, 4).getTime());
    assert.deepEqual(
      found.team?.map(({ state }) => state),
      ['answered'],
    );
    await teams.close();
  });

  it('answer a query that has only conditions, newest first, mine among them', async () => {
    const teams = open();
    await using mine = await answering(teams, MINE);
    await using nobody = await answering(teams, null);
    const dated = await nobody.search('after:2026-01-02');
    assert.deepEqual(filesOf(dated), ['회의/예산 회의.md', '회의/휴가.md', 'docs/서버.txt']);
    assert.equal(dated.total, 3);
    const local: SearchResult[] = [];
    const together = await mine.search('"예산"', {}, result => local.push(result));
    assert.deepEqual(filesOf(together).sort(), ['docs/서버.txt', '내 메모.md', '회의/예산 회의.md']);
    assert.deepEqual(filesOf(local.at(-1)!), ['내 메모.md'], 'mine is shown first');
    const texts = ['"예산" "회의"', '-"예산"', 'heading:연차', '-path:docs', 'before:2026-01-03 "예산"'];
    const wanted = [
      ['회의/예산 회의.md'],
      ['회의/휴가.md', 'docs/연차.md'],
      ['docs/연차.md'],
      ['회의/예산 회의.md', '회의/휴가.md'],
      ['docs/서버.txt'],
    ];
    for (const [i, text] of texts.entries())
      assert.deepEqual(filesOf(await nobody.search(text)), wanted[i], text);
    const few = await nobody.search('after:2026-01-01', { limit: 2 });
    assert.deepEqual(filesOf(few), ['회의/예산 회의.md', '회의/휴가.md']);
    assert.equal(few.total, 4);
    await teams.close();
  });

  it('know the names of the team’s folders, tags and formats, and leave other names as text', async () => {
    const teams = open();
    await using mine = await answering(teams, MINE);
    for (const [query, files] of [
      ['path:docs', ['docs/서버.txt', 'docs/연차.md']],
      ['tag:인사', ['회의/휴가.md']],
      ['예산 path:회의', ['회의/예산 회의.md']],
      ['ext:txt', ['docs/서버.txt']],
    ] as const) {
      const found = await mine.search(query);
      assert.deepEqual(filesOf(found).sort(), [...files].sort(), query);
      assert.equal(found.chips.length, 1, query);
      assert.deepEqual(found.queryNotices, [], query);
    }
    const unknown = await mine.search('예산 path:nowhere tag:nothing');
    assert.deepEqual(
      unknown.queryNotices.map(({ kind }) => kind),
      ['unknownPath', 'unknownTag'],
    );
    assert.ok(filesOf(unknown).includes('내 메모.md'));
    await teams.close();
  });

  it('hold up nothing of mine where a name has to be asked for', async () => {
    await using proxy = await FaultyProxy.before(access.url);
    const teams = open({ url: proxy.url, timeout: 400 });
    await using mine = await answering(teams, MINE);
    proxy.delay = 3_000;
    const local: SearchResult[] = [];
    const found = await mine.search('예산 path:회의', {}, result => local.push(result));
    assert.deepEqual(filesOf(local[0]!), ['내 메모.md']);
    assert.deepEqual(
      found.team?.map(({ state }) => state),
      ['slow'],
    );
    await teams.close();
  });

  it('keep marks, which are shown at the same query and at no other, and for nobody else’s document', async () => {
    const teams = open();
    await using engine = await answering(teams, MINE);
    const [hit] = (await engine.search('휴가')).hits;
    const { file, headings, text } = hit!;
    const said = { folder: SOURCE, query: '휴가', file, headings, text };
    await engine.feedback.judge({ ...said, verdict: 'relevant' }, 1);
    const marks = async (query: string): Promise<string[]> =>
      (await engine.search(query)).hits.flatMap(({ verdict, file: name }) =>
        verdict === undefined ? [] : [`${name} ${verdict}`],
      );
    assert.deepEqual(await marks('휴가'), [`${file} relevant`]);
    assert.deepEqual(await marks('휴가 신청'), []);
    await engine.feedback.judge({ ...said, verdict: 'notRelevant' }, 2);
    assert.deepEqual(await marks('휴가'), [`${file} notRelevant`]);
    assert.equal((await engine.feedback.read(SOURCE)).length, 1);
    assert.equal((await engine.feedback.read(teamFolder('팀', 'other'))).length, 0);
    // The same document where its source lies on this machine.
    const mapped = open({ folders: { docs: '/mnt/docs' } });
    await using other = await answering(mapped, null);
    await other.feedback.judge({ ...said, verdict: 'relevant' }, 3);
    assert.equal((await other.search('휴가')).hits[0]!.verdict, 'relevant');
    await engine.feedback.judge({ ...said, verdict: null }, 4);
    assert.deepEqual(await marks('휴가'), []);
    await mapped.close();
    await teams.close();
  });

  describe('explain why one is not found', () => {
    const reasons = async (
      file: string,
      query: string,
      own: Partial<TeamAccess> = {},
      folder = SOURCE,
    ): Promise<string[]> => {
      const teams = open(own);
      await using engine = await answering(teams, MINE);
      const explained = await engine.explain(folder, file, query);
      await teams.close();
      return whyReasons(explained, sayIn('ko'));
    };

    it('by its rank among mine and theirs, and the words that it lacks', async () => {
      const [standing, lacking] = await reasons('docs/서버.txt', '예산 회의');
      assert.match(standing!, /가장 잘 맞는 문단은 [23]위입니다/);
      assert.equal(lacking, '이 문단에 없는 낱말: 회의');
      const teams = open();
      await using engine = await answering(teams, MINE);
      const hits = (await engine.search('예산 회의')).hits;
      const { rank, best } = await engine.explain(SOURCE, 'docs/서버.txt', '예산 회의');
      assert.equal(hits[rank! - 1]!.file, 'docs/서버.txt');
      assert.ok(Math.abs(hits[rank! - 1]!.score - best!.score) < 1e-6);
      await teams.close();
    });

    it('by the condition that it does not meet, whichever of them', async () => {
      const hidden = async (query: string): Promise<string[]> =>
        (await reasons('회의/휴가.md', query)).filter(reason => reason.includes('조건'));
      assert.deepEqual(await hidden('휴가 path:docs'), ['질의의 조건에 맞지 않습니다: docs']);
      assert.deepEqual(await hidden('휴가 tag:인사 -"사흘"'), ['질의의 조건에 맞지 않습니다: -사흘']);
      assert.deepEqual(await hidden('휴가 tag:인사'), []);
      assert.deepEqual(await hidden('after:2026-01-04'), ['질의의 조건에 맞지 않습니다: 2026-01-04']);
    });

    it('by the words that it has none of', async () => {
      assert.deepEqual(await reasons('docs/연차.md', '새벽'), ['이 파일에는 질의와 겹치는 것이 없습니다.']);
    });

    it('by what the server says', async () => {
      assert.match((await reasons('docs/없음.md', '예산'))[0]!, /색인에 이 문서가 없습니다/);
      assert.match(
        (await reasons('docs/연차.md', '예산', { url: 'http://127.0.0.1:9' }))[0]!,
        /연결할 수 없어/,
      );
      assert.match((await reasons('x.md', '예산', {}, teamFolder('남', 'docs')))[0]!, /그런 색인이 없습니다/);
    });
  });
});
