/** A machine at its limits: the command line as a process of its own, under them. Linux. Needs a build. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Place } from './engineOf.ts';

const CLI = path.join(import.meta.dirname, '../../dist/cli.js');
const FILES = 120;
const NOBODY = 65_534;

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  command: string,
  args: readonly string[],
  own: { uid?: number; gid?: number } = {},
): Promise<Outcome> {
  return new Promise(resolve => {
    const env = { ...process.env, LANG: 'ko_KR.UTF-8', MALMOI_MODELS: '/nonexistent/models' };
    const child = spawn(command, [...args], { env, ...own });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', code => resolve({ code, out, err }));
  });
}

/** A shell command with the command line in it: `$0` is Node, `$1` the program, then these. */
function shell(script: string, ...args: readonly string[]): Promise<Outcome> {
  return run('sh', ['-c', script, process.execPath, CLI, ...args]);
}

const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', '--map-root-user', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

describe('a machine at its limits', function () {
  this.timeout(180_000);
  let place: Place;
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  beforeEach(async () => void (place = await Place.make()));
  afterEach(() => place.remove());

  async function writeMany(count: number): Promise<void> {
    for (let i = 0; i < count; i++)
      await place.write(
        `${i % 20}/${i}.md`,
        `# 문서 ${i}\n\n${'한도까지 채운 저장소의 이야기 '.repeat(6)}${i}\n`,
      );
  }

  it('lets a process have 64 files open: every document is found all the same', async () => {
    await writeMany(FILES);
    const script = 'ulimit -n 64 && exec "$0" "$1" index "$2" --store "$3" --json';
    const { code, out, err } = await shell(script, place.notes, place.store);
    assert.equal(code, 0, err);
    const { documents, failed } = JSON.parse(out) as { documents: number; failed: number };
    assert.deepEqual([documents, failed], [FILES, 0]);
  });

  it('has a full disk: it says so, and finds what it had when there is room again', async function () {
    if (!canMount) this.skip();
    await writeMany(FILES);
    const disk = path.join(place.root, 'disk');
    await mkdir(disk);
    // Both runs in one namespace: the small disk is gone with it.
    const script = `
      mount -t tmpfs -o size=200k tmpfs "$4" || exit 99
      "$0" "$1" index "$2" --store "$4/store" >"$3/first" 2>&1; echo "first $?"
      mount -o remount,size=50m "$4" || exit 99
      "$0" "$1" index "$2" --store "$4/store" --json; echo "second $?"`;
    const { out, err } = await run('unshare', [
      '--mount',
      '--map-root-user',
      'sh',
      '-c',
      script,
      process.execPath,
      CLI,
      place.notes,
      place.root,
      disk,
    ]);
    assert.match(out, /first [12]/, err);
    const said = await shell('cat "$2"', path.join(place.root, 'first'));
    assert.match(said.out, /디스크|저장|ENOSPC/);
    assert.match(out, /second 0/, `${out}${err}${said.out}`);
    const { documents, failed } = JSON.parse(/^\{.*\}$/m.exec(out)![0]) as {
      documents: number;
      failed: number;
    };
    assert.deepEqual([documents, failed], [FILES, 0]);
  });

  it('has files and folders that this user may not read: they cost themselves alone, and files say why', async function () {
    if (process.getuid?.() !== 0) this.skip();
    await place.write('열린.md', '누구나 읽는 글');
    await place.write('닫힌.md', '아무도 못 읽는 글');
    await place.write('닫힌 폴더/글.md', '들여다볼 수 없는 글');
    await mkdir(place.store);
    for (const folder of [place.root, place.store]) await chown(folder, NOBODY, NOBODY);
    await chmod(path.join(place.notes, '닫힌.md'), 0);
    await chmod(path.join(place.notes, '닫힌 폴더'), 0);
    await chmod(place.notes, 0o555);
    const own = { uid: NOBODY, gid: NOBODY };
    const store = ['--store', place.store];
    const index = await run(process.execPath, [CLI, 'index', place.notes, ...store], own);
    assert.equal(index.code, 0, index.err);
    const status = await run(process.execPath, [CLI, 'status', place.notes, ...store, '--json'], own);
    const { files } = JSON.parse(status.out) as {
      files: readonly { path: string; state: string; reason: string | null }[];
    };
    const stateOf = (wanted: string): string | undefined => files.find(file => file.path === wanted)?.state;
    assert.equal(stateOf('열린.md'), 'indexed');
    assert.notEqual(stateOf('닫힌.md'), 'indexed');
    assert.notEqual(files.find(file => file.path === '닫힌.md')?.reason ?? null, null);
  });

  it('has no place for the index that can be written to: it says what to do', async () => {
    await place.write('글.md', '글');
    const store = path.join(place.notes, '글.md', 'store');
    const { code, err } = await shell('exec "$0" "$1" index "$2" --store "$3"', place.notes, store);
    assert.equal(code, 2);
    assert.ok(err.includes(store), err);
    assert.doesNotMatch(err, /\n\s+at /);
  });
});
