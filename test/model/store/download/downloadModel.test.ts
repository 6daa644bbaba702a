import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openModelFolder } from '../../../../src/model/modelFolder.ts';
import { downloadModel, type DownloadOptions } from '../../../../src/model/store/download/downloadModel.ts';
import { Hub } from '../../../../src/model/store/download/hub.ts';
import { Network } from '../../../../src/model/store/download/network.ts';
import { WorkFolder } from '../../../../src/model/store/workFolder.ts';
import { UserError } from '../../../../src/errors/userError.ts';
import { codeOf } from '../../../fakes/errorCode.ts';
import { FakeConverter, writeModel } from '../../../fakes/fakeConverter.ts';
import { answer, COMMIT, HubServer, ID, stallAfter } from '../../../fakes/hubServer.ts';

const RULES = { attempts: 2, totalAttempts: 5, firstDelay: 1, longestDelay: 5, stallTimeout: 1_000 };
const WEIGHTS = Buffer.alloc(300_000, 'weights');

describe('downloadModel', () => {
  let models = '';
  let server: HubServer;
  let network: Network;
  let converter: FakeConverter;
  beforeEach(async () => {
    models = path.join(await mkdtemp(path.join(os.tmpdir(), 'malmoi-models-')), '모델');
    server = new HubServer();
    server.add('config.json', Buffer.from('{}'));
    server.add('tokenizer.json', Buffer.from('{"model":{}}'));
    server.add('model.safetensors', WEIGHTS);
    await server.listen();
    network = new Network({ environment: {} });
    converter = new FakeConverter();
  });
  afterEach(async () => {
    await network.close();
    await server.close();
    await rm(path.dirname(models), { recursive: true, force: true });
  });
  const download = async (options: DownloadOptions = {}): Promise<unknown> => {
    const hub = new Hub(network, { base: server.base, rules: RULES });
    const target = {
      models,
      name: 'pixie',
      quantisation: 'auto',
      converter: converter.convert,
      probe: () => Promise.resolve(),
    } as const;
    return downloadModel(hub, await hub.list(ID), target, options);
  };
  const visible = async (): Promise<readonly string[]> =>
    (await readdir(models).catch((): string[] => [])).filter(name => name !== '.work');

  /** Bytes of a file that is being downloaded. */
  const sizeOf = async (name: string): Promise<number> => {
    const files = await readdir(models, { recursive: true }).catch((): string[] => []);
    const found = files.find(file => path.basename(file) === name);
    return found === undefined ? 0 : (await stat(path.join(models, found))).size;
  };
  const until = async (isTrue: () => Promise<boolean>): Promise<void> => {
    while (!(await isTrue())) await sleep(10);
  };

  it('installs a converted, verified model with its revision and licence, and leaves nothing else', async () => {
    const seen: string[] = [];
    let last = 0;
    await download({
      onProgress: progress => {
        seen.push(progress.step);
        if (progress.step !== 'download') return;
        assert.ok(progress.done >= last && progress.done <= progress.total);
        last = progress.done;
      },
    });
    const { manifest } = await openModelFolder(path.join(models, 'pixie'));
    assert.deepEqual([manifest.name, manifest.revision, manifest.license], ['pixie', COMMIT, 'apache-2.0']);
    assert.ok((await readFile(path.join(models, 'pixie/model.onnx'))).equals(WEIGHTS));
    assert.equal(last, WEIGHTS.length + 14);
    assert.deepEqual(Array.from(new Set(seen)), ['download', 'checksums']);
    assert.deepEqual(await readdir(path.join(models, '.work')), []);
  });

  it('goes on after a cancelled run, and shows nothing before it is complete', async () => {
    const controller = new AbortController();
    server.faults = [({ serve }): void => serve(), ({ serve }): void => serve(), stallAfter(100_000)];
    const cancelled = assert.rejects(download({ signal: controller.signal }), { name: 'AbortError' });
    await until(async () => (await sizeOf('model.safetensors.part')) === 100_000);
    controller.abort();
    await cancelled;
    assert.deepEqual(await visible(), []);
    await download();
    assert.deepEqual(await visible(), ['pixie']);
    assert.deepEqual(server.ranges('model.safetensors'), ['', 'bytes=100000-']);
    assert.deepEqual(server.ranges('config.json'), ['']);
  });

  it('converts without downloading again when the conversion failed', async () => {
    converter.fail = new UserError('modelUnsupported', 'x');
    assert.equal(await codeOf(download()), 'modelUnsupported');
    assert.deepEqual(await visible(), []);
    converter.fail = null;
    await download();
    assert.deepEqual(server.ranges('model.safetensors'), ['']);
  });

  it('installs what an earlier run converted, and drops what it left half done', async () => {
    const work = path.join(models, '.work', `download-owner--PIXIE-v1.5-${COMMIT}`);
    await mkdir(path.join(work, 'model-auto'), { recursive: true });
    await download();
    assert.deepEqual(await visible(), ['pixie']);
    assert.equal(converter.requests.length, 1);
    await rm(path.join(models, 'pixie'), { recursive: true });
    await writeModel(path.join(work, 'model-auto'), WEIGHTS);
    await download();
    assert.deepEqual(await visible(), ['pixie']);
    assert.equal(converter.requests.length, 1);
  });

  it('takes a model that is converted already', async () => {
    const folder = path.join(path.dirname(models), 'ready');
    await writeModel(folder, WEIGHTS);
    server.files.clear();
    for (const name of await readdir(folder)) server.add(name, await readFile(path.join(folder, name)));
    await download();
    assert.deepEqual(await visible(), ['pixie']);
    assert.equal(converter.requests.length, 0);
  });

  it('asks for room first', async () => {
    assert.equal(await codeOf(download({ free: async () => 1_000 })), 'diskSpace');
    assert.deepEqual(server.ranges('model.safetensors'), []);
  });

  it('refuses a taken or impossible name before it downloads', async () => {
    await mkdir(path.join(models, 'pixie'), { recursive: true });
    assert.equal(await codeOf(download()), 'modelExists');
    assert.deepEqual(server.ranges('config.json'), []);
  });

  it('leaves a download to the process that is at it', async () => {
    const work = await WorkFolder.open(models, `download-owner--PIXIE-v1.5-${COMMIT}`);
    assert.equal(await codeOf(download()), 'modelBusy');
    await work.keep();
    await download();
  });

  it('installs nothing of a damaged download', async () => {
    server.faults = [
      ({ serve }): void => serve(),
      ({ serve }): void => serve(),
      ...[1, 2].map(() => answer(200, {}, Buffer.alloc(WEIGHTS.length))),
    ];
    assert.equal(await codeOf(download()), 'downloadDamaged');
    assert.deepEqual(await visible(), []);
    assert.equal(converter.requests.length, 0);
  });

  it('says where models cannot be kept', async () => {
    await mkdir(path.dirname(models), { recursive: true });
    await writeFile(models, 'a file');
    assert.equal(await codeOf(download()), 'modelsUnusable');
  });
});
