/**
 * A whole engine process that is killed (SIGKILL) in the first stage, between the two and in the second, again and
 * again on one store: what was found by its letters or its meaning stays so, and in the end all is there once. Needs a
 * build.
 */
import assert from 'node:assert/strict';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectEngine } from '../../src/rpc/connect.ts';
import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import type { EngineClient } from '../../src/rpc/engineClient.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const FILES = 120;
/** Each moment is met once: in the midst of reading, when all is read, in the midst of encoding. */
const MOMENTS: readonly ((status: EngineStatus) => boolean)[] = [
  ({ documents }) => documents > 0,
  ({ documents }) => documents >= FILES / 2,
  ({ read, total, done }) => total === FILES && read === total && done < total,
  ({ read, total, done }) => read === total && done > FILES / 4,
  ({ read, total, done }) => read === total && done > FILES / 2,
];

const word = (file: number): string => `표식${String.fromCodePoint(0xac00 + 7 * file)}${file}번`;

describe('a killed engine', function () {
  this.timeout(240_000);
  let store = '';
  let notes = '';
  let client: EngineClient | null = null;
  const pids: number[] = [];

  before(async () => {
    await access(path.join(ROOT, 'dist/engine.js'));
    store = await mkdtemp(path.join(os.tmpdir(), 'malmoi-store-'));
    notes = await mkdtemp(path.join(os.tmpdir(), 'malmoi-글-'));
    for (let i = 0; i < FILES; i++)
      await writeFile(
        path.join(notes, `${i}.md`),
        `# 글 ${i}\n\n${word(i)}. ${'서버 장애와 휴가 결재를 적은 글이다. '.repeat(1 + (i % 5))}${i}.`,
      );
  });
  after(async () => {
    client?.dispose();
    for (const pid of pids) kill(pid);
    await rm(store, { recursive: true, force: true, maxRetries: 5 });
    await rm(notes, { recursive: true, force: true });
  });

  async function open(): Promise<EngineClient> {
    client = connectEngine({
      enginePath: path.join(ROOT, 'dist/engine.js'),
      storePath: store,
      modelPath: path.join(ROOT, 'media/model'),
      version: '0.0.1',
      language: 'ko',
      log: line => {
        const pid = /pid (\d+)/.exec(line)?.[1];
        if (pid !== undefined) pids.push(Number(pid));
      },
    });
    await client.openFolders([{ path: notes, name: 'n', include: [], exclude: [], useIgnoreFiles: true }]);
    return client;
  }

  it('loses nothing that was found, and has all of it once in the end', async () => {
    let before: Found = { letters: new Set(), meaning: new Set() };
    const met: boolean[] = [];
    for (const isMoment of MOMENTS) {
      const engine = await open();
      const now = foundIn(await engine.ledger());
      for (const file of before.letters) assert.ok(now.letters.has(file), `${file} was found by its letters`);
      for (const file of before.meaning) assert.ok(now.meaning.has(file), `${file} was found by its meaning`);
      let status = await engine.status();
      while (!isMoment(status) && status.activity !== 'idle') {
        await sleep(5);
        status = await engine.status();
      }
      met.push(isMoment(status));
      before = foundIn(await engine.ledger());
      // It would start another one.
      engine.dispose();
      kill(pids.at(-1)!);
      await gone(pids.at(-1)!);
    }
    // A machine may be too slow to look at a moment in time, not at all of them.
    assert.ok(met.filter(Boolean).length >= 3, `moments met: ${met.join(', ')}`);

    const engine = await open();
    let status = await engine.status();
    while (status.activity !== 'idle') {
      assert.notEqual(status.activity, 'failed', status.problem ?? '');
      await sleep(50);
      status = await engine.status();
    }
    assert.deepEqual([status.documents, status.passages, status.failed], [FILES, FILES, 0]);
    assert.equal(foundIn(await engine.ledger()).meaning.size, FILES);
    for (let i = 0; i < FILES; i += 7) {
      const { hits } = await engine.search({
        folders: [notes],
        query: `"${word(i)}"`,
        limit: 5,
        channel: 'lexical',
      });
      assert.deepEqual(
        hits.map(({ file }) => file),
        [`${i}.md`],
      );
    }
    engine.dispose();
  });
});

interface Found {
  readonly letters: ReadonlySet<string>;
  readonly meaning: ReadonlySet<string>;
}

function foundIn(ledger: readonly LedgerEntry[]): Found {
  const indexed = ledger.filter(({ state }) => state === 'indexed');
  const whole = indexed.filter(({ pending }) => pending === undefined);
  return {
    letters: new Set(indexed.map(({ path: name }) => name)),
    meaning: new Set(whole.map(({ path: name }) => name)),
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(20);
  }
}
