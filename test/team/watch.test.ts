/** `malmoi team push --watch` against a real server: what happens to the folder while it runs is on the server after it. */
import assert from 'node:assert/strict';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { watchPush } from '../../src/commandLine/team/watchPush.ts';
import type { FolderOptions } from '../../src/domain/folder.ts';
import { openClient } from '../../src/team/client/openClient.ts';
import { refresh } from '../../src/team/client/teamIndexes.ts';
import { beginIndex } from '../../src/team/push/beginIndex.ts';
import { pushFolder } from '../../src/team/push/pushFolder.ts';
import { FaultyProxy } from './server/faultyProxy.ts';
import { needsServer } from './server/shared.ts';
import { accessTo, fill, folderWith, keptIn, MANIFEST, ports, teamName } from './world.ts';

interface Watched extends AsyncDisposable {
  readonly proxy: FaultyProxy;
  readonly said: readonly string[];
  /** Texts by path, as the server has them. */
  readonly texts: () => Promise<Readonly<Record<string, string>>>;
  /** Resolves when that is what the server has. */
  readonly until: (wanted: Readonly<Record<string, string>>) => Promise<void>;
}

const LIMIT = 60_000;

describe('pushing while a folder is watched', function () {
  const server = needsServer(this);
  this.timeout(240_000);

  const watched = async (
    folder: FolderOptions,
    duringFirst: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Watched> => {
    const node = await server();
    const proxy = await FaultyProxy.before(node.url);
    const team = teamName();
    const client = await openClient(accessTo({ url: proxy.url }));
    const straight = await openClient(accessTo(node));
    const stop = new AbortController();
    const used = ports();
    const own = { client, folder, source: 'docs', ports: used, signal: stop.signal };
    const index = await beginIndex({
      ...own,
      team,
      owner: 'me',
      fingerprint: 'fp1',
      plainTerms: false,
      takesOver: false,
      manifest: MANIFEST,
      layout: { shards: 1, replicas: 0 },
    });
    const said: string[] = [];
    const skipped = new Map();
    let isFirst = true;
    const watching = watchPush({
      folder: folder.path,
      settle: 50,
      signal: stop.signal,
      say: line => said.push(line),
      push: async () => {
        await pushFolder({ ...own, index, skipped, onProgress: () => undefined });
        if (isFirst) await duringFirst();
        isFirst = false;
      },
    });
    let failure: unknown = null;
    watching.catch((error: unknown) => (failure = error));
    const texts = async (): Promise<Record<string, string>> => {
      await refresh(straight, index.name);
      const kept = await keptIn(node, `/${index.name}/_search?size=1000&q=_exists_:length`);
      return Object.fromEntries([...kept.values()].map(({ path: file, passage }) => [file, passage.text]));
    };
    return {
      proxy,
      said,
      texts,
      until: async wanted => {
        let found: unknown;
        for (const limit = Date.now() + LIMIT; Date.now() < limit;) {
          if (failure !== null) throw failure;
          found = await texts();
          try {
            assert.deepEqual(found, wanted);
            return;
          } catch {
            await new Promise(resolve => setTimeout(resolve, 100));
          }
        }
        assert.deepEqual(found, wanted);
      },
      [Symbol.asyncDispose]: async () => {
        stop.abort();
        await watching.catch(() => undefined);
        await Promise.all([client.close(), straight.close()]);
        await proxy[Symbol.asyncDispose]();
      },
    };
  };

  it('keeps up with files that are edited, renamed, added and deleted', async () => {
    await using folder = await folderWith({ 'a.md': '하나 둘 셋', 'sub/b.md': '넷 다섯 여섯' });
    await using team = await watched(folder);
    await team.until({ 'a.md': '하나 둘 셋', 'sub/b.md': '넷 다섯 여섯' });
    await fill(folder.path, { 'a.md': '하나 둘 넷' });
    await team.until({ 'a.md': '하나 둘 넷', 'sub/b.md': '넷 다섯 여섯' });
    await rename(path.join(folder.path, 'sub/b.md'), path.join(folder.path, 'sub/c.md'));
    await team.until({ 'a.md': '하나 둘 넷', 'sub/c.md': '넷 다섯 여섯' });
    await fill(folder.path, { 'new/d.txt': '일곱 여덟' });
    await team.until({ 'a.md': '하나 둘 넷', 'sub/c.md': '넷 다섯 여섯', 'new/d.txt': '일곱 여덟' });
    await rm(path.join(folder.path, 'a.md'));
    await team.until({ 'sub/c.md': '넷 다섯 여섯', 'new/d.txt': '일곱 여덟' });
    assert.deepEqual(team.said, [
      '변경을 지켜봅니다. Ctrl+C로 멈춥니다. / Watching for changes; Ctrl+C stops.',
    ]);
  });

  it('waits for a server that is away, says so once, and pushes what changed meanwhile', async () => {
    await using folder = await folderWith({ 'a.md': '하나 둘 셋', 'b.md': '넷 다섯 여섯' });
    await using team = await watched(folder);
    await team.until({ 'a.md': '하나 둘 셋', 'b.md': '넷 다섯 여섯' });
    team.proxy.answer = () => 'cut';
    await fill(folder.path, { 'a.md': '하나 둘 넷' });
    // Several attempts fail before the server is back.
    for (const limit = Date.now() + LIMIT, before = team.proxy.requests.length; Date.now() < limit;) {
      if (team.proxy.requests.length >= before + 2) break;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await rm(path.join(folder.path, 'b.md'));
    await fill(folder.path, { 'c.md': '일곱 여덟' });
    assert.deepEqual(await team.texts(), { 'a.md': '하나 둘 셋', 'b.md': '넷 다섯 여섯' });
    team.proxy.answer = () => null;
    await team.until({ 'a.md': '하나 둘 넷', 'c.md': '일곱 여덟' });
    const waiting = team.said.filter(line => line.includes('waiting for the server'));
    assert.equal(waiting.length, 1, team.said.join('\n'));
  });

  it('has what changed during the first push, after the folder was read for it', async () => {
    await using folder = await folderWith({ 'a.md': '하나 둘 셋', 'b.md': '넷 다섯 여섯' });
    const late = { 'a.md': '하나 둘 넷', 'late.md': '늦게 온 글' };
    await using team = await watched(folder, () => fill(folder.path, late));
    await team.until({ ...late, 'b.md': '넷 다섯 여섯' });
  });
});
