import assert from 'node:assert/strict';
import { rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { TeamAccess } from '../../src/domain/team/team.ts';
import { FeatureNames } from '../../src/team/features.ts';
import { openClient } from '../../src/team/client/openClient.ts';
import { TeamFault } from '../../src/team/client/teamFault.ts';
import { aliasedIndex, indexIfAny, removeIndex } from '../../src/team/client/teamIndexes.ts';
import { sourcesOf } from '../../src/team/client/teamSources.ts';
import { SourceTakenError, switchWhenComplete } from '../../src/team/push/beginIndex.ts';
import { EmptyFolderError } from '../../src/team/push/pushFolder.ts';
import { TEAM_FORMAT } from '../../src/team/indexMeta.ts';
import { removeSource } from '../../src/team/push/removeSource.ts';
import { FaultyProxy } from './server/faultyProxy.ts';
import type { OpenSearchNode } from './server/openSearch.ts';
import { OpenSearchNode as Node } from './server/openSearch.ts';
import { needsServer } from './server/shared.ts';
import { accessTo, fill, folderWith, keptIn, ports, push, seeded, teamName, wordsOf } from './world.ts';

const random = seeded(3);
const notes = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`글${i}.md`, `# 글 ${i}\n\n${wordsOf(random, 60)}\n`]),
  );

/** `path#start` of every passage of a source, with how often it is there. */
async function passagesIn(
  node: OpenSearchNode,
  index: string,
  source = 'docs',
): Promise<Map<string, number>> {
  await node.request('POST', `/${index}/_refresh`);
  const query = { bool: { filter: [{ term: { source } }, { exists: { field: 'length' } }] } };
  const counts = new Map<string, number>();
  for (const { path: file, passage } of (
    await keptIn(node, `/${index}/_search?size=9000`, { query })
  ).values()) {
    const key = `${file}#${passage.start}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

async function assertWhole(
  node: OpenSearchNode,
  index: string,
  files: number,
  source = 'docs',
): Promise<void> {
  const found = await passagesIn(node, index, source);
  assert.ok(
    [...found.values()].every(count => count === 1),
    'nothing twice',
  );
  assert.equal(new Set([...found.keys()].map(key => key.split('#')[0])).size, files, 'nothing lost');
}

describe('pushing a folder', function () {
  const server = needsServer(this);

  it('encodes what is new, and nothing where a file was moved, touched or came back', async () => {
    const access = accessTo(await server());
    const team = teamName();
    await using folder = await folderWith(notes(30));
    const first = await push(access, folder, { team });
    assert.equal(first.result.done, 30);
    assert.equal(first.result.encoded, first.result.passages);
    const used = ports();
    const again = await push(access, folder, { team, ports: used });
    assert.deepEqual([again.result.done, used.read_, used.encoded], [0, [], []]);
    await rename(path.join(folder.path, '글1.md'), path.join(folder.path, '옮긴 글.md'));
    await utimes(path.join(folder.path, '글2.md'), new Date(), new Date());
    await rm(path.join(folder.path, '글3.md'));
    await fill(folder.path, { '글4.md': '# 고친 글\n\n새로 쓴 문단.' });
    const changed = await push(access, folder, { team, ports: used });
    assert.deepEqual(used.encoded, ['새로 쓴 문단.']);
    assert.deepEqual([changed.result.done, changed.result.removed], [3, 2]);
    await assertWhole(await server(), first.index.name, 29);
  });

  it('takes several folders of several people into one index, and each changes only its own', async () => {
    const access = accessTo(await server());
    const team = teamName();
    await using mine = await folderWith(notes(10));
    await using yours = await folderWith({ ...notes(5), '같은 글.md': '둘 다 가진 글.' });
    const [one, other] = await Promise.all([
      push(access, mine, { team, source: 'mine', owner: 'me' }),
      push(access, yours, { team, source: 'yours', owner: 'you' }),
    ]);
    assert.equal(one.index.name, other.index.name);
    assert.deepEqual([...(await sourcesOf(one.client, one.index.name)).keys()].sort(), ['mine', 'yours']);
    await fill(mine.path, { '같은 글.md': '둘 다 가진 글.' });
    const used = ports();
    await push(access, mine, { team, source: 'mine', ports: used });
    assert.deepEqual(used.encoded, [], 'the other has encoded it');
    await rm(path.join(mine.path, '같은 글.md'));
    await push(access, mine, { team, source: 'mine' });
    await assertWhole(await server(), one.index.name, 10, 'mine');
    assert.ok((await passagesIn(await server(), one.index.name, 'yours')).has('같은 글.md#0'));
    await assert.rejects(push(access, mine, { team, source: 'yours', owner: 'me' }), SourceTakenError);
    assert.ok((await removeSource(one.client, one.index.name, 'yours')) >= 6);
    await assertWhole(await server(), one.index.name, 10, 'mine');
  });

  it('takes nothing out for a folder that is suddenly empty', async () => {
    const access = accessTo(await server());
    const team = teamName();
    await using folder = await folderWith({ 'a.md': '글.' });
    const { index } = await push(access, folder, { team });
    await rm(path.join(folder.path, 'a.md'));
    await assert.rejects(push(access, folder, { team }), EmptyFolderError);
    await assertWhole(await server(), index.name, 1);
  });

  it('switches to the index of a new model when it has all that the one before has, never to none', async () => {
    const access = accessTo(await server());
    const team = teamName();
    await using mine = await folderWith(notes(4));
    await using yours = await folderWith(notes(3));
    const { client, index } = await push(access, mine, { team, source: 'mine' });
    await push(access, yours, { team, source: 'yours' });
    assert.equal(await aliasedIndex(client, team), index.name);
    const asking = new AbortController();
    const asked = (async () => {
      let answers = 0;
      while (!asking.signal.aborted) {
        const { status, body } = await (await server()).request('GET', `/${team}/_count?q=source:mine`);
        assert.equal(status, 200);
        assert.equal((body as { count: number }).count > 0, true);
        answers++;
      }
      return answers;
    })();
    const next = await push(access, mine, { team, source: 'mine', fingerprint: 'fp2' });
    assert.notEqual(next.index.name, index.name);
    assert.equal(await aliasedIndex(client, team), index.name, 'yours is not there yet');
    assert.deepEqual((await switchWhenComplete(client, team, next.index)).missing, ['yours']);
    await push(access, yours, { team, source: 'yours', fingerprint: 'fp2' });
    assert.equal(await aliasedIndex(client, team), next.index.name);
    asking.abort();
    assert.ok((await asked) > 0);
    await removeIndex(client, index.name);
    assert.equal(await indexIfAny(client, index.name), null);
  });

  it('says what quantisation the model has, and by default nobody can read its terms', async () => {
    const access = accessTo(await server());
    const team = teamName();
    await using folder = await folderWith({ 'a.md': '비밀스러운 낱말.' });
    const { index } = await push(access, folder, { team });
    assert.equal(index.meta.model.quantisation, 's7');
    const passagesWith = async (name: string, field: string): Promise<number> => {
      const query = { rank_feature: { field: `prose.${field}`, linear: {} } };
      const { body } = await (await server()).request('POST', `/${name}/_count`, { query });
      return (body as { count: number }).count;
    };
    assert.equal(await passagesWith(index.name, new FeatureNames(index.meta.salt).of('비밀').name), 1);
    assert.equal(await passagesWith(index.name, '비밀'), 0);
    const plain = await push(access, folder, { team: teamName(), plainTerms: true });
    assert.equal(plain.index.meta.salt, null);
    assert.equal(await passagesWith(plain.index.name, '비밀'), 1);
  });

  describe('on a bad day', () => {
    it('loses nothing and writes nothing twice where answers get lost, 429 and 503', async () => {
      const node = await server();
      await using proxy = await FaultyProxy.before(node.url);
      await using folder = await folderWith(notes(40));
      const refused = { status: 429, body: '{"error":{"type":"rejected_execution_exception"},"status":429}' };
      let bulks = 0;
      let lost = 0;
      proxy.answer = ({ path: target }) => {
        if (!target.includes('_bulk')) return null;
        bulks++;
        return bulks % 3 === 0 ? refused : bulks % 5 === 0 ? { status: 503, body: '' } : null;
      };
      proxy.loses = ({ path: target }) => target.includes('_bulk') && lost++ % 2 === 0;
      const { index } = await push(accessTo(proxy), folder, { team: teamName() });
      assert.ok(lost > 0 && bulks > 3);
      await assertWhole(node, index.name, 40);
    });

    it('sends again only the documents of a bulk that were refused', async () => {
      const node = await server();
      await using proxy = await FaultyProxy.before(node.url);
      await using folder = await folderWith(notes(8));
      /** What was refused, and the bulk that came after it. */
      const sent: string[][] = [];
      let first = true;
      let accepted: string[] = [];
      proxy.answer = ({ path: target, body }) => {
        if (!target.includes('_bulk')) return null;
        const ids = [...body.matchAll(/^\{"index":\{"_id":"([^"]+)"/gm)].map(([, id]) => id!);
        if (!first && sent.length === 1) sent.push(ids);
        if (!first || ids.length < 4) return null;
        first = false;
        const refused = ids.slice(0, 2);
        sent.push(refused);
        accepted = ids.slice(2);
        const error = { type: 'rejected_execution_exception', reason: 'full' };
        const items = ids.map(_id => ({
          index: refused.includes(_id) ? { _id, status: 429, error } : { _id, status: 201 },
        }));
        return { status: 200, body: JSON.stringify({ errors: true, items }) };
      };
      const { index } = await push(accessTo(proxy), folder, { team: teamName() });
      assert.equal(sent.length, 2);
      assert.deepEqual(sent[1], sent[0]);
      // The others were taken, so the proxy said: nothing sends them once more.
      assert.ok(accepted.length > 0);
      await node.request('POST', `/${index.name}/_refresh`);
      for (const id of accepted)
        assert.equal((await node.request('GET', `/${index.name}/_doc/${id}`)).status, 404);
    });

    it('waits for a disk that is full, and goes on when there is room', async () => {
      const node = await server();
      const access = accessTo(node);
      await using folder = await folderWith(notes(6));
      const team = teamName();
      const { index } = await push(access, folder, { team });
      await node.request('PUT', `/${index.name}/_settings`, { 'index.blocks.read_only_allow_delete': true });
      await fill(folder.path, { '늦은 글.md': '디스크가 가득 찼을 때 온 글.' });
      const states = new Set<string>();
      const pushing = push(access, folder, {
        team,
        onProgress: ({ waitingFor }) => {
          if (waitingFor === null || states.has(waitingFor.state)) return;
          states.add(waitingFor.state);
          void node.request('PUT', `/${index.name}/_settings`, {
            'index.blocks.read_only_allow_delete': null,
          });
        },
      });
      await pushing;
      assert.deepEqual([...states], ['full']);
      await assertWhole(node, index.name, 7);
    });

    it('gives up with what the server says where waiting is of no use', async () => {
      const node = await server();
      await using folder = await folderWith(notes(2));
      const team = teamName();
      const client = await openClient(accessTo(node));
      // Somebody else's index of that name, with another mapping.
      await node.request('PUT', `/${team}-fp1-f${TEAM_FORMAT}`, {
        mappings: { properties: { semantic: { type: 'keyword' } } },
      });
      await assert.rejects(push(accessTo(node), folder, { team, client }), (error: unknown) => {
        assert.ok(error instanceof TeamFault);
        assert.equal(error.state, 'otherFormat');
        return true;
      });
    });

    it('does not make an index anew that was removed in the middle', async () => {
      const node = await server();
      await using folder = await folderWith(notes(3));
      const team = teamName();
      const { client, index } = await push(accessTo(node), folder, { team });
      await fill(folder.path, { 'spaet.md': '늦은 글.' });
      const used = ports();
      const removing = {
        ...used,
        encode: async (...args: Parameters<typeof used.encode>) => {
          await removeIndex(client, index.name);
          return used.encode(...args);
        },
      };
      await assert.rejects(push(accessTo(node), folder, { team, ports: removing, patience: 500 }), TeamFault);
      assert.equal((await node.request('GET', `/${index.name}`)).status, 404);
    });

    it('is not confused by clocks that differ by years', async () => {
      const node = await server();
      const access = accessTo(node);
      await using folder = await folderWith({ 'a.md': '처음 글.', 'b.md': '다른 글.' });
      const team = teamName();
      const { index } = await push(access, folder, { team, now: () => Date.parse('2041-01-01') });
      // Saved on a machine whose clock is far behind.
      await fill(folder.path, { 'a.md': '나중 글.' });
      await utimes(path.join(folder.path, 'a.md'), new Date('1999-01-01'), new Date('1999-01-01'));
      await push(access, folder, { team, now: () => Date.parse('1980-01-01') });
      await assertWhole(node, index.name, 2);
      const [kept] = (await keptIn(node, `/${index.name}/_search?q=path:a.md`)).values();
      assert.equal(kept!.passage.text, '나중 글.');
    });

    it('goes on where it was after the server was killed in the middle of it', async function () {
      this.timeout(120_000);
      const node = await Node.start();
      try {
        const access: TeamAccess = accessTo(node);
        const team = teamName();
        await using folder = await folderWith(notes(700));
        const killing: Promise<void>[] = [];
        const states = new Set<string>();
        const { index, result } = await push(access, folder, {
          team,
          onProgress: ({ done, waitingFor }) => {
            if (waitingFor !== null) states.add(waitingFor.state);
            if (done > 60 && killing.length === 0) killing.push(node.kill().then(() => node.up()));
          },
        });
        await Promise.all(killing);
        assert.ok(killing.length === 1 && states.has('unreachable'), [...states].join());
        assert.equal(result.done, 700);
        await assertWhole(node, index.name, 700);
        const used = ports();
        const again = await push(access, folder, { team, ports: used });
        assert.deepEqual([again.result.done, used.encoded.length], [0, 0]);
      } finally {
        await node.stop();
      }
    });

    it('goes on where it was after it was stopped itself', async () => {
      const node = await server();
      const access = accessTo(node);
      await using folder = await folderWith(notes(300));
      const team = teamName();
      const stop = new AbortController();
      await assert.rejects(
        push(access, folder, {
          team,
          signal: stop.signal,
          onProgress: ({ done }) => {
            if (done >= 64) stop.abort();
          },
        }),
      );
      const used = ports();
      const { index, result } = await push(access, folder, { team, ports: used });
      assert.ok(result.done > 0 && result.done < 300, String(result.done));
      await assertWhole(node, index.name, 300);
    });
  });
});
