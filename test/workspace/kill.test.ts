/**
 * The index of a process that is killed (SIGKILL) at a random moment, on a real disk.
 *
 * `MALMOI_KILLS=1000` kills so often in place of 25 times.
 */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import { FileStore } from '../../src/workspace/files/fileStore.ts';

const KILLS = Number(process.env['MALMOI_KILLS'] ?? 25);
const CHILD = path.join(import.meta.dirname, '../fakes/replacingChild.ts');

interface Last {
  readonly begun: number;
  readonly acknowledged: number;
}

/** Runs the child from its change `first` on, kills it some time after it has begun. */
function runAndKill(folder: string, first: number, milliseconds: number): Promise<Last> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [folder, `${first}`], {
      execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    });
    let [begun, acknowledged] = [first - 1, first - 1];
    child.on('message', (message: { opened?: true; begun?: number; acknowledged?: number }) => {
      if (message.opened) setTimeout(() => child.kill('SIGKILL'), milliseconds);
      begun = message.begun ?? begun;
      acknowledged = message.acknowledged ?? acknowledged;
    });
    child.on('error', reject);
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL' || process.platform === 'win32') resolve({ begun, acknowledged });
      else reject(new Error('the child ended by itself'));
    });
  });
}

/** File -> number of the change that wrote it last, as after changes 0..last. */
function expected(last: number): Map<string, string> {
  const files = new Map<string, string>();
  for (let i = Math.max(0, last - 40); i <= last; i++)
    for (const n of [(i >> 1) % 7, 7 + ((i >> 1) % 11)])
      files.set(`${n}`, i % 2 === 0 ? `글 ${i >> 1} (pending)` : `글 ${i >> 1}`);
  return new Map([...files].sort());
}

async function contentsOf(index: PassageIndex): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { path: name } of index.heads()) {
    const { segment, file } = index.place(name)!;
    const { first } = segment.passagesOf(file);
    const text = await segment.text(first);
    found.set(name, segment.passages.isPending(first) ? `${text} (pending)` : text);
  }
  return new Map([...found].sort());
}

describe('a killed process', function () {
  this.timeout(60_000 + KILLS * 10_000);
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-kill-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it(`loses and halves nothing acknowledged, ${KILLS} times in a row on one index`, async () => {
    let next = 0;
    for (let round = 0; round < KILLS; round++) {
      const last = await runAndKill(folder, next, Math.random() * 60);
      const index = await PassageIndex.open(await FileStore.open(folder), 'f');
      const seen = await contentsOf(index);
      // The last messages of a killed process may not arrive: what it shows is at least what was acknowledged.
      let at = last.begun + 200;
      while (at > last.acknowledged && !equal(seen, expected(at))) at--;
      assert.deepEqual(seen, expected(at), `round ${round}`);
      assert.deepEqual([...index.damage, ...(await index.verify())], [], `round ${round}`);
      await index.close();
      next = at + 1;
    }
    // Many are killed before their first change; on a busy machine most.
    assert.ok(next > KILLS / 10, `${next} changes`);
  });
});

function equal(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return JSON.stringify([...a]) === JSON.stringify([...b]);
}
