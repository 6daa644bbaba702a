/** `malmoi model …` on the built program. Needs a build (`npm run build`). */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeModel } from '../fakes/fakeConverter.ts';
import { writeRealModel } from '../fakes/realModel.ts';
import { COMMIT, HubServer, ID, stallAfter } from '../fakes/hubServer.ts';

const ROOT = path.join(import.meta.dirname, '../..');
/** Bytes that make the download last. */
const PADDING = 3_000_000;
const WEIGHTS = Buffer.from('weights');

const serveWhole = ({ serve }: { readonly serve: () => void }): void => serve();

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('malmoi model', function () {
  this.timeout(60_000);
  let folder = '';
  let models = '';
  let ready = '';
  let made = '';
  before(async () => {
    made = await mkdtemp(path.join(os.tmpdir(), 'malmoi-model-real-'));
    await writeRealModel(path.join(made, 'ready'), 'ready', PADDING);
  });
  after(() => rm(made, { recursive: true, force: true }));
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-model-cli-'));
    models = path.join(folder, 'models');
    ready = path.join(folder, 'ready');
    await cp(path.join(made, 'ready'), ready, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const start = (
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): { child: ChildProcess; ended: Promise<Outcome> } => {
    const { HF_ENDPOINT: _, HF_TOKEN: __, ...own } = process.env;
    const env = { ...own, MALMOI_MODELS: models, NO_PROXY: '*', LANG: 'ko_KR.UTF-8', ...environment };
    const child = spawn(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const ended = new Promise<Outcome>(resolve => {
      child.on('close', code => resolve({ code: code ?? -1, out, err }));
    });
    return { child, ended };
  };
  const malmoi = (...args: readonly string[]): Promise<Outcome> =>
    // A store of its own: the engine of whoever runs this test must not hear of it.
    start(['model', ...args, '--store', path.join(folder, 'store')]).ended;
  const served = async (): Promise<HubServer> => {
    const server = new HubServer();
    for (const name of await readdir(ready)) server.add(name, await readFile(path.join(ready, name)));
    await server.listen();
    return server;
  };

  it('imports, lists, selects, verifies and removes', async () => {
    const imported = await malmoi('import', ready, '--name', 'mine');
    assert.equal(imported.code, 0, imported.err);
    assert.equal(imported.out.trim(), path.join(models, 'mine'));
    const list = JSON.parse((await malmoi('list', '--json')).out) as {
      installed: { name: string; selected: boolean; embedded: boolean }[];
      known: { id: string }[];
    };
    assert.deepEqual(
      list.installed.map(({ name, selected, embedded }) => [name, selected, embedded]),
      [
        ['malmoi-ko-mini', true, true],
        ['mine', false, false],
      ],
    );
    assert.ok(list.known.some(({ id }) => id === 'telepix/PIXIE-Splade-Preview'));
    assert.equal((await malmoi('use', 'mine')).code, 0);
    assert.match((await malmoi('list')).out, /^\* mine · 4 MB|^\* mine · 3 MB/m);
    assert.deepEqual((await malmoi('verify')).out.match(/\tok\t/g)?.length, 2);
    const busy = await malmoi('remove', 'mine');
    assert.equal(busy.code, 2);
    assert.match(busy.err, /쓰고 있는 모델/);
    assert.equal((await malmoi('use', 'malmoi-ko-mini')).code, 0);
    assert.equal((await malmoi('remove', 'mine')).code, 0);
    assert.deepEqual(
      (await readdir(models)).filter(name => name !== '.work'),
      [],
    );
  });

  it('installs no model that can’t be opened, however right its checksums are', async () => {
    const broken = path.join(folder, 'broken');
    await writeModel(broken, WEIGHTS);
    const { code, out, err } = await malmoi('import', broken);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /설치하지 않았습니다: ready/);
    assert.deepEqual(
      (await readdir(models)).filter(name => name !== '.work'),
      [],
    );
  });

  it('finds damage: exit code 1', async () => {
    await writeModel(path.join(models, 'x'), WEIGHTS);
    await rm(path.join(models, 'x/tokenizer.json'));
    const { code, out } = await malmoi('verify', 'x');
    assert.equal(code, 1);
    assert.match(out, /^x\tmodelMissing\t/);
  });

  it('takes a name for --model, and lists the names when there is none such', async () => {
    const { code, err } = await start(['encode', '--model', 'none']).ended;
    assert.equal(code, 2);
    assert.match(err, /none \(malmoi-ko-mini\)/);
    assert.equal((await start(['encode', '--model', 'malmoi-ko-mini']).ended).code, 0);
  });

  it('downloads nothing without a yes', async () => {
    const server = await served();
    const { code, err } = await malmoi('download', 'pixie-splade-preview', '--mirror', server.base);
    await server.close();
    assert.equal(code, 2);
    assert.match(err, /telepix\/PIXIE-Splade-Preview[\s\S]*302 MB[\s\S]*Apache-2\.0[\s\S]*--yes/);
    assert.equal(server.requests.length, 0);
  });

  it('downloads from a mirror; Ctrl+C stops it, the next run resumes it', async function () {
    if (process.platform === 'win32') this.skip();
    const server = await served();
    const download = ['model', 'download', ID, '--yes', '--mirror', server.base, '--name', 'm'];
    // The graph is the largest file, and comes last.
    const smaller = (await readdir(ready)).length - 1;
    server.faults = [...Array.from({ length: smaller }, () => serveWhole), stallAfter(1_000_000)];
    const { child, ended } = start(download, { HF_TOKEN: 'secret' });
    while (server.ranges('model.onnx').length === 0) await new Promise(resolve => setTimeout(resolve, 20));
    await new Promise(resolve => setTimeout(resolve, 500));
    child.kill('SIGINT');
    const stopped = await ended;
    assert.equal(stopped.code, 1, stopped.err);
    assert.match(stopped.err, /이어받습니다/);
    const { code, out, err } = await start(download, { HF_TOKEN: 'secret' }).ended;
    assert.equal(code, 0, err);
    assert.equal(out.trim(), path.join(models, 'm'));
    assert.match(err, /apache-2\.0/);
    assert.ok(!`${stopped.err}${err}${out}`.includes('secret'));
    const [, second] = server.ranges('model.onnx');
    assert.match(second!, /^bytes=[1-9]\d*-$/);
    assert.equal((await malmoi('verify', 'm')).code, 0);
    await server.close();
  });

  it('converts a checkpoint: downloaded, imported or where it lies', async () => {
    const checkpoint = path.join(ROOT, 'test/oracle/fixtures/xlm-roberta');
    const server = new HubServer();
    for (const entry of await readdir(checkpoint, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      server.add(path.relative(checkpoint, file).replaceAll('\\', '/'), await readFile(file));
    }
    await server.listen();
    const quantisation = ['--quantisation', 'w8'];
    const downloaded = await malmoi('download', ID, '--yes', '--mirror', server.base, ...quantisation);
    await server.close();
    assert.equal(downloaded.code, 0, downloaded.err);
    assert.equal((await malmoi('import', checkpoint, ...quantisation)).code, 0);
    const out = path.join(folder, 'out');
    assert.equal((await malmoi('convert', checkpoint, out, ...quantisation)).code, 0);
    assert.equal((await malmoi('convert', checkpoint, out, ...quantisation)).code, 2);
    const digests = new Set<string>();
    for (const model of ['PIXIE-v1.5', 'xlm-roberta', out]) {
      const { code, out: verified } = await malmoi('verify', model);
      assert.equal(code, 0, verified);
      digests.add(verified.split('\t')[2]!);
    }
    assert.equal(digests.size, 1);
    const { installed } = JSON.parse((await malmoi('list', '--json')).out) as {
      installed: { name: string; revision: string; license: string }[];
    };
    const { revision, license } = installed.find(({ name }) => name === 'PIXIE-v1.5')!;
    assert.deepEqual([revision, license], [COMMIT, 'apache-2.0']);
  });

  it('refuses a wrong use: exit code 2', async () => {
    for (const args of [
      [],
      ['nothing'],
      ['list', 'x'],
      ['use'],
      ['download', 'no slash', '--yes'],
      ['download', ID, '--mirror', 'ftp://x'],
      ['import', ready, '--quantisation', 'q4'],
      ['import', ready, '--name', '../x'],
      ['convert', folder, path.join(folder, 'out')],
    ])
      assert.equal((await malmoi(...args)).code, 2, args.join(' '));
  });
});
