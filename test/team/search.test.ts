import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Hit } from '../../src/domain/hit.ts';
import type { TeamAccess, TeamAnswer } from '../../src/domain/team/team.ts';
import { teamOfFolder } from '../../src/domain/team/team.ts';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { conditionsOf } from '../../src/search/filter/passageFilter.ts';
import { rankTogether, type SearchPlan } from '../../src/search/passageSource.ts';
import { parseQuery } from '../../src/search/query/language/parseQuery.ts';
import { DEFAULT_REFERENCE } from '../../src/search/ranking/semanticReference.ts';
import { search, type Found } from '../../src/search/search.ts';
import { FeatureNames, featuresOf } from '../../src/team/features.ts';
import { FEATURES, KEPT, keep } from '../../src/team/keptDocument.ts';
import { Teams } from '../../src/team/teams.ts';
import { sayIn } from '../../src/wording/language.ts';
import { teamNotice } from '../../src/wording/teamNotice.ts';
import { fileFilter } from '../../src/workspace/fileFilter.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { file, passage } from '../fakes/records.ts';
import { FaultyProxy } from './server/faultyProxy.ts';
import { needsServer } from './server/shared.ts';
import {
  accessTo,
  folderWith,
  keptIn,
  localSource,
  NEVER,
  push,
  queryOf,
  sourceOf,
  teamName,
  vectorOfText,
} from './world.ts';

const FUSION = { channel: 'hybrid', share: 0.5, reference: DEFAULT_REFERENCE } as const;
const TEXTS = {
  '회의/예산 회의.md': '# 예산\n\n다음 분기 예산 은 삼월 회의 에서 정한다.',
  '회의/휴가.md': '---\ntags: [인사]\n---\n# 휴가\n\n휴가 신청 은 사흘 전 까지 한다.',
  'docs/서버.txt': '서버 점검 은 새벽 두 시 에 한다. 예산 과 상관 없다.',
  'docs/연차.md': '# 연차\n\n연차 휴가 는 해마다 열다섯 날 이다.',
};

interface Searched {
  readonly result: Found;
  readonly local: readonly Found[];
  readonly milliseconds: number;
}

/** What a window's engine does: its own index and the team's. */
async function searchBoth(teams: Teams, text: string, fingerprint = 'fp1'): Promise<Searched> {
  const index = await PassageIndex.open(new MemoryStore(), 'fp1');
  const own = '내 예산 메모: 예산 은 다음 주 에 본다.';
  await index.replace([file('내 메모.md', [passage(own, vectorOfText(own))])]);
  const local: Found[] = [];
  const started = performance.now();
  const result = await search(new Scorer(plainKernel), [{ path: '/me', index }], queryOf(text), {
    limit: 10,
    channel: 'hybrid',
    floor: 0,
    remote: plan => teams.begin(plan, fingerprint, NEVER),
    onLocal: found => local.push(found),
  });
  return { result, local, milliseconds: performance.now() - started };
}

const statesOf = ({ result }: Searched): string[] => (result.team ?? []).map(({ state }) => state);
const filesOf = ({ result }: Searched): string[] => result.hits.map(hit => hit.file);

describe('searching a team’s documents', function () {
  const server = needsServer(this);
  const log: string[] = [];
  const open = (...access: readonly TeamAccess[]): Teams => new Teams(access, line => log.push(line));

  const pushed = async (own: Partial<TeamAccess> = {}): Promise<{ team: string; access: TeamAccess }> => {
    await using folder = await folderWith(TEXTS);
    const team = teamName();
    const access = accessTo(await server(), { index: team, ...own });
    await push(access, folder, { team });
    return { team, access };
  };

  it('ranks mine and theirs as one, says where each is from, and shows mine first', async () => {
    const { access } = await pushed({
      folders: { other: '/x' },
      link: 'https://wiki.example/{source}/{path}',
    });
    const teams = open(access);
    const searched = await searchBoth(teams, '예산');
    assert.deepEqual(statesOf(searched), ['answered']);
    assert.deepEqual(
      searched.local[0]!.hits.map(hit => hit.file),
      ['내 메모.md'],
    );
    assert.ok(filesOf(searched).includes('내 메모.md'));
    assert.ok(filesOf(searched).includes('회의/예산 회의.md'));
    const hit = searched.result.hits.find(each => each.file === '회의/예산 회의.md')!;
    assert.deepEqual(hit.origin, {
      team: '팀',
      source: 'docs',
      link: 'https://wiki.example/docs/%ED%9A%8C%EC%9D%98/%EC%98%88%EC%82%B0%20%ED%9A%8C%EC%9D%98.md',
    });
    assert.deepEqual(teamOfFolder(hit.folder), { team: '팀', source: 'docs' });
    const scores = searched.result.hits.map(({ score }) => score);
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    await teams.close();
  });

  it('gives a document that lies on this machine its place there, and others their text', async () => {
    const { access } = await pushed({ folders: { docs: '/team/docs' } });
    const teams = open(access);
    const { result } = await searchBoth(teams, '휴가');
    const hit = result.hits.find(each => each.origin !== undefined)!;
    assert.equal(hit.folder, '/team/docs');
    const request = { team: '팀', source: 'docs', file: 'docs/연차.md' };
    const document = await teams.document(request, NEVER);
    assert.ok('text' in document && document.text.includes('열다섯'));
    const passages = await teams.passages(request, NEVER);
    assert.ok('text' in document && document.text.includes(passages[0]!.text));
    assert.deepEqual(await teams.document({ ...request, file: '../etc/passwd' }, NEVER), {
      problem: 'vanished',
    });
    await teams.close();
  });

  it('heeds the conditions of a query as the engine does', async () => {
    await using folder = await folderWith(TEXTS);
    const team = teamName();
    const { client } = await push(accessTo(await server()), folder, { team });
    const local = await localSource(folder);
    const source = await sourceOf(client, team);
    const names = { hasPath: () => true, hasExtension: () => true, hasTag: () => true };
    for (const text of [
      '예산 path:회의',
      '예산 ext:txt',
      '휴가 -연차',
      '휴가 +"사흘 전"',
      '휴가 tag:인사',
      '휴가 heading:연차',
      '예산 before:2000-01-01',
      '예산 -path:docs',
    ]) {
      const parsed = parseQuery(text, { today: new Date(), names });
      const fileFilters = [parsed.filter];
      const conditions = { ...conditionsOf(parsed, fileFilter(parsed.filter)), fileFilters };
      const settings = { limit: 10, channel: 'hybrid', floor: 0 } as const;
      const plan: SearchPlan = { query: queryOf(parsed.searched), settings, conditions };
      const files = ({ hits, further }: { hits: readonly Hit[]; further: readonly Hit[] }): string[] =>
        [...hits, ...further].map(hit => hit.file);
      const own = files(await rankTogether([local], plan, FUSION));
      assert.deepEqual(files(await rankTogether([source.asked(NEVER)], plan, FUSION)), own, text);
    }
  });

  it('finds a file by its name, and explains a passage wherever it stands', async () => {
    const { access, team } = await pushed();
    const teams = open(access);
    const searched = await searchBoth(teams, '연차');
    const [first] = searched.result.hits;
    assert.equal(first!.file, 'docs/연차.md');
    assert.ok(first!.contributions.some(({ kind }) => kind === 'name'));
    const { openClient } = await import('../../src/team/client/openClient.ts');
    const source = (await sourceOf(await openClient(access), team)).asked(NEVER);
    const plan: SearchPlan = { query: queryOf('예산'), settings: { limit: 1, channel: 'hybrid', floor: 0 } };
    const constants = { semantic: 1, lexical: 1, pending: 1 };
    const [best] = (await source.rankWith(plan, constants)).hits;
    assert.deepEqual(await source.explain(plan, constants, best!.id), best);
    assert.equal(await source.explain(plan, constants, `${'0'.repeat(32)}:0:x`), null);
    await teams.close();
  });

  it('sends weights, not what was typed', async () => {
    const { access } = await pushed();
    await using proxy = await FaultyProxy.before(access.url);
    const teams = open({ ...access, url: proxy.url });
    await searchBoth(teams, '비밀번호 초기화 예산');
    const sent = proxy.requests.map(({ path: target, body }) => target + body).join('\n');
    assert.ok(sent.includes('rank_feature'));
    for (const word of ['비밀', '번호', '초기', '예산']) assert.ok(!sent.includes(word), word);
    assert.ok(!sent.includes(JSON.stringify('예산').slice(1, -1)));
    await teams.close();
  });

  describe('on a bad day', () => {
    const first = async (own: Partial<TeamAccess>): Promise<Searched> => {
      const teams = open(accessTo(await server(), own));
      const searched = await searchBoth(teams, '예산');
      assert.deepEqual(filesOf(searched), ['내 메모.md'], 'mine is there all the same');
      assert.equal(searched.local.length, 1);
      await teams.close();
      return searched;
    };

    it('is not held up by a server that takes five seconds, and says so', async () => {
      const { access } = await pushed();
      await using proxy = await FaultyProxy.before(access.url);
      proxy.delay = 5_000;
      const teams = open({ ...access, url: proxy.url, timeout: 400 });
      const searched = await searchBoth(teams, '예산');
      assert.deepEqual(statesOf(searched), ['slow']);
      assert.deepEqual(filesOf(searched), ['내 메모.md']);
      assert.ok(searched.milliseconds < 3_000);
      // And is not waited for by the next one.
      const next = await searchBoth(teams, '예산');
      assert.ok(next.milliseconds < 300, String(next.milliseconds));
      await teams.close();
    });

    it('goes on without a server that is away, and with it when it is back', async () => {
      const { access } = await pushed();
      await using proxy = await FaultyProxy.before(access.url);
      const teams = open({ ...access, url: proxy.url });
      assert.deepEqual(statesOf(await searchBoth(teams, '예산')), ['answered']);
      proxy.answer = () => 'cut';
      assert.deepEqual(statesOf(await searchBoth(teams, '예산')), ['unreachable']);
      proxy.answer = () => null;
      let states: string[] = [];
      for (const limit = Date.now() + 10_000; Date.now() < limit && states[0] !== 'answered';) {
        await new Promise(resolve => setTimeout(resolve, 200));
        states = statesOf(await searchBoth(teams, '예산'));
      }
      assert.deepEqual(states, ['answered']);
      await teams.close();
    });

    it('asks one server though another is away', async () => {
      const { access } = await pushed();
      const teams = open({ ...access, name: 'gone', url: 'http://127.0.0.1:9' }, { ...access, name: 'here' });
      const searched = await searchBoth(teams, '예산');
      assert.deepEqual(statesOf(searched), ['unreachable', 'answered']);
      assert.ok(searched.result.hits.some(hit => hit.origin?.team === 'here'));
      await teams.close();
    });

    it('says of an index that there is none, or that another model or program made it', async () => {
      assert.deepEqual(statesOf(await first({ index: 'no-such-index' })), ['missing']);
      await (await server()).request('PUT', '/strange-index', {});
      assert.deepEqual(statesOf(await first({ index: 'strange-index' })), ['otherFormat']);
      const { access } = await pushed();
      const teams = open(access);
      const { result } = await searchBoth(teams, '예산', 'another');
      assert.deepEqual(
        result.team!.map(({ state, model }) => [state, model]),
        [['otherModel', 'fake-model']],
      );
      assert.match(teamNotice(result.team!, sayIn('ko'))!, /다른 모델\(fake-model\)/);
      await teams.close();
    });

    it('sends no credentials where others could read them', async () => {
      const credentials = { kind: 'apiKey', key: 'geheim' } as const;
      assert.deepEqual(statesOf(await first({ url: 'http://example.com', credentials })), ['insecure']);
      assert.deepEqual(statesOf(await first({ url: 'https://u:p@example.com' })), ['insecure']);
      assert.deepEqual(statesOf(await first({ url: 'file:///etc/passwd' })), ['insecure']);
    });

    it('survives answers that are huge, malformed or hostile, and drops no more than them', async () => {
      const { access } = await pushed();
      await using proxy = await FaultyProxy.before(access.url);
      const teams = (): Teams => open({ ...access, url: proxy.url, timeout: 20_000 });
      const onSearch = (body: () => string) => {
        proxy.answer = ({ path: target }) =>
          target.includes('search') ? { status: 200, body: body() } : null;
      };
      const stateOf = async (): Promise<string> => {
        const own = teams();
        const [state] = statesOf(await searchBoth(own, '예산'));
        await own.close();
        return state!;
      };
      onSearch(() => '{"took":');
      assert.equal(await stateOf(), 'malformed');
      onSearch(() => '{"hits":{"hits":"<script>"}}');
      assert.equal(await stateOf(), 'malformed');
      onSearch(() => `{"x":"${'a'.repeat(40 * 1024 ** 2)}"}`);
      assert.equal(await stateOf(), 'malformed');
      proxy.answer = () => ({ status: 200, body: '<html>login</html>', type: 'text/html' });
      assert.equal(await stateOf(), 'malformed');
      proxy.answer = () => ({ status: 429, body: '{"error":{"type":"circuit_breaking_exception"}}' });
      assert.equal(await stateOf(), 'busy');
      proxy.answer = () => ({ status: 401, body: 'Unauthorized', type: 'text/plain' });
      assert.equal(await stateOf(), 'unauthorized');
      proxy.answer = () => ({ status: 403, body: '{"error":{"type":"security_exception"},"status":403}' });
      assert.equal(await stateOf(), 'forbidden');
    });

    it('takes no path that leads out of its folder, and no text for anything but text', async () => {
      const { access } = await pushed();
      const node = await server();
      const { body } = await node.request('GET', `/${access.index}/_search?q=extension:txt`);
      const [hit] = (body as { hits: { hits: { _index: string; _source: object }[] } }).hits.hits;
      const { _index, _source } = hit!;
      const [own] = (await keptIn(node, `/${access.index}/_search?q=extension:txt`)).values();
      const terms = {
        dictionary: [],
        numbers: new Uint32Array(),
        counts: new Uint8Array(),
        bodyLength: 1,
        headingLength: 0,
      };
      const { packed, ...indexed } = featuresOf(vectorOfText('서버 점검'), terms, 1, new FeatureNames(null));
      const put = (id: string, change: object): Promise<unknown> =>
        node.request('PUT', `/${_index}/_doc/${id}?refresh=true`, {
          ..._source,
          ...indexed,
          [FEATURES]: packed,
          [KEPT]: keep({ ...own, ...change }),
        });
      await put('evil1', { path: '../../etc/passwd' });
      await put('evil2', { path: '/etc/passwd' });
      await put('evil3', { path: 'C:\\x' });
      await put('evil4', { passage: { ...own!.passage, start: -1 } });
      await put('evil5', {
        path: 'ok.txt',
        passage: { ...own!.passage, text: '<img src=x onerror=alert(1)> 서버 점검' },
      });
      const teams = open(access);
      const searched = await searchBoth(teams, '서버 점검');
      assert.deepEqual(statesOf(searched), ['answered']);
      const theirs = searched.result.hits.filter(each => each.origin !== undefined).map(each => each.file);
      assert.deepEqual([...new Set(theirs)].sort(), ['docs/서버.txt', 'ok.txt']);
      await teams.close();
    });

    it('logs what the server calls a fault, and nothing that was asked or who asks', () => {
      const said = log.join('\n');
      assert.ok(said.includes('team server'));
      for (const secret of ['geheim', '예산', 'ApiKey', 'Basic ']) assert.ok(!said.includes(secret), secret);
    });
  });
});

describe('a server with TLS and users', function () {
  const server = needsServer(this, { security: true });
  const admin = { kind: 'basic', user: 'admin', password: 'admin' } as const;
  const log: string[] = [];
  let ca = '';
  before(async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-ca-'));
    ca = path.join(folder, 'ca.pem');
    await writeFile(ca, (await server()).ca!);
  });
  const answersOf = async (
    access: TeamAccess,
  ): Promise<{ hits: readonly Hit[]; team: readonly TeamAnswer[] }> => {
    const teams = new Teams([{ timeout: 20_000, ...access }], line => log.push(line));
    const { result } = await searchBoth(teams, '예산 휴가 서버');
    await teams.close();
    return { hits: result.hits.filter(hit => hit.origin !== undefined), team: result.team! };
  };
  const stateOf = async (access: TeamAccess): Promise<string> => (await answersOf(access)).team[0]!.state;

  it('is trusted by its certificate’s authority alone', async () => {
    const node = await server();
    await using folder = await folderWith(TEXTS);
    const team = teamName();
    const access = { name: 't', url: node.url, index: team, ca, credentials: admin };
    await push(access, folder, { team });
    assert.equal(await stateOf(access), 'answered');
    assert.equal(await stateOf({ ...access, ca: undefined }), 'untrusted');
    const wrong = path.join(path.dirname(ca), 'wrong.pem');
    const { readFile } = await import('node:fs/promises');
    await writeFile(wrong, await readFile(path.join(import.meta.dirname, '../fixtures/tls/certificate.pem')));
    assert.equal(await stateOf({ ...access, ca: wrong }), 'untrusted');
    assert.equal(await stateOf({ ...access, ca: `${wrong}.none` }), 'untrusted');
    assert.equal(await stateOf({ ...access, url: node.url.replace('https', 'http') }), 'unreachable');
  });

  it('shows each of two users what they may see, by document-level security and by filtered aliases', async () => {
    const node = await server();
    const team = teamName();
    const access = { name: 't', url: node.url, index: team, ca, credentials: admin };
    await using hr = await folderWith({ '급여.md': '예산 과 급여 는 인사팀 만 본다.' });
    await using all = await folderWith({ '공지.md': '예산 공지 는 모두 본다.' });
    await push(access, hr, { team, source: 'hr' });
    const { index } = await push(access, all, { team, source: 'all' });
    const security = '/_plugins/_security/api';
    const password = 'Correct-Horse-9!x';
    const mayRead = (indexes: string[], dls: string): object => ({
      cluster_permissions: ['cluster_composite_ops_ro'],
      index_permissions: [
        {
          index_patterns: indexes,
          dls,
          allowed_actions: ['read', 'indices:admin/mappings/get', 'indices:admin/get'],
        },
      ],
    });
    const everyone = { bool: { must_not: [{ term: { source: 'hr' } }] } };
    const user = async (name: string, role: object): Promise<TeamAccess> => {
      assert.equal((await node.request('PUT', `${security}/roles/${name}`, role)).status, 201);
      assert.equal(
        (await node.request('PUT', `${security}/internalusers/${name}`, { password })).status,
        201,
      );
      await node.request('PUT', `${security}/rolesmapping/${name}`, { users: [name] });
      return { ...access, credentials: { kind: 'basic', user: name, password } };
    };
    const kim = await user(`kim-${team}`, mayRead([`${team}*`], ''));
    const lee = await user(`lee-${team}`, mayRead([`${team}*`], JSON.stringify(everyone)));
    const filesFor = async (who: TeamAccess): Promise<string[]> =>
      (await answersOf(who)).hits.map(hit => hit.file).sort();
    assert.deepEqual(await filesFor(kim), ['공지.md', '급여.md']);
    assert.deepEqual(await filesFor(lee), ['공지.md']);
    // The same by an alias, where a server has no such security.
    const actions = [{ add: { index: index.name, alias: `${team}-for-all`, filter: everyone } }];
    await node.request('POST', '/_aliases', { actions });
    assert.deepEqual(await filesFor({ ...access, index: `${team}-for-all` }), ['공지.md']);
    // Who may see nothing, and who is no longer known.
    const park = await user(`park-${team}`, mayRead(['other-*'], ''));
    assert.equal(await stateOf(park), 'forbidden');
    await node.request('PUT', `${security}/internalusers/lee-${team}`, { password: 'Other-Horse-8!y' });
    assert.equal(await stateOf(lee), 'unauthorized');
    assert.equal(
      await stateOf({ ...access, credentials: { kind: 'apiKey', key: 'expired' } }),
      'unauthorized',
    );
    assert.ok(!/Correct-Horse|Other-Horse|Basic |expired/.test(log.join('\n')));
  });
});
