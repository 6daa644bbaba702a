import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { pack, type Header } from 'tar-stream';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { importModel, type ImportRequest } from '../../../src/model/store/importModel.ts';
import { UserError } from '../../../src/errors/userError.ts';
import { codeOf } from '../../fakes/errorCode.ts';
import { copyFolder, FakeConverter, writeCheckpoint, writeModel } from '../../fakes/fakeConverter.ts';
import { zipOf, type ZipMember } from '../../fakes/zipWriter.ts';

const WEIGHTS = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * i * 7 + (i >> 5)) & 255));
const LIMITS = { entries: 50, bytes: 1 << 20, ratio: 20, ratioFrom: 200_000 };

const CHECKPOINT: readonly ZipMember[] = [
  { name: 'config.json', content: Buffer.from('{}') },
  { name: 'tokenizer.json', content: Buffer.from('{}'), deflate: true },
  { name: 'model.safetensors', content: WEIGHTS, deflate: true },
];
const under = (folder: string, members = CHECKPOINT): ZipMember[] =>
  members.map(member => ({ ...member, name: `${folder}/${member.name}` }));

async function tarOf(
  members: readonly (Partial<Header> & { readonly name: string } & { readonly content?: Buffer })[],
): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of members) archive.entry(header, content ?? Buffer.alloc(0));
  archive.finalize();
  return buffer(archive);
}
const asTar = (
  members: readonly ZipMember[],
): (Partial<Header> & { readonly name: string } & { readonly content?: Buffer })[] =>
  members.map(({ name, content = Buffer.alloc(0) }) => ({ name, content }));

describe('importModel', () => {
  let folder = '';
  let models = '';
  let converter: FakeConverter;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'malmoi-import-'));
    models = path.join(folder, 'models');
    converter = new FakeConverter();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const run = (source: string, options: Partial<ImportRequest> = {}): ReturnType<typeof importModel> =>
    importModel({
      source,
      models,
      quantisation: 'auto',
      converter: converter.convert,
      probe: () => Promise.resolve(),
      limits: LIMITS,
      ...options,
    });
  const file = async (name: string, content: Buffer): Promise<string> => {
    const place = path.join(folder, name);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
    return place;
  };
  /** Imports an archive and says the error's code; nothing may be left behind. */
  const refusal = async (
    content: Buffer,
    name = 'x.zip',
    options: Partial<ImportRequest> = {},
  ): Promise<string> => {
    const code = await codeOf(run(await file(name, content), options));
    assert.deepEqual(await readdir(models), ['.work']);
    assert.deepEqual(await readdir(path.join(models, '.work')), []);
    await rm(path.join(folder, name));
    assert.deepEqual(await readdir(folder), ['models']);
    return code;
  };
  const installed = async (name: string): Promise<void> => {
    assert.deepEqual((await readdir(models)).sort(), ['.work', name]);
    const graph = await readFile(
      path.join((await openModelFolder(path.join(models, name))).path, 'model.onnx'),
    );
    assert.ok(graph.equals(WEIGHTS));
    assert.deepEqual(await readdir(path.join(models, '.work')), []);
    await rm(path.join(models, name), { recursive: true });
  };

  it('converts a checkpoint folder where it stands', async () => {
    const source = path.join(folder, 'PIXIE-Splade-v1.5');
    await writeCheckpoint(source, WEIGHTS);
    await run(source);
    assert.equal(converter.requests[0]?.checkpoint, source);
    await installed('PIXIE-Splade-v1.5');
  });

  it('copies a model folder: the files of its manifest and its licence, nothing else', async () => {
    const source = path.join(folder, 'in');
    await writeModel(source, WEIGHTS);
    await writeFile(path.join(source, 'LICENSE'), 'MIT');
    await writeFile(path.join(source, 'run.sh'), 'rm');
    await run(source);
    assert.deepEqual((await readdir(path.join(models, 'ready'))).sort(), [
      'LICENSE',
      'malmoi-model.json',
      'model.onnx',
      'tokenizer.json',
    ]);
    await installed('ready');
    await truncate(path.join(source, 'model.onnx'), 10);
    assert.equal(await codeOf(run(source)), 'modelDamaged');
    assert.deepEqual(await readdir(models), ['.work']);
  });

  it('finds the model in a wrapping folder and in a hub cache', async () => {
    await writeCheckpoint(path.join(folder, 'a/b/내 모델 v2'), WEIGHTS);
    await run(path.join(folder, 'a'));
    await installed('v2');
    const cache = path.join(folder, 'models--owner--Pixie-1.0');
    await mkdir(path.join(cache, 'blobs'), { recursive: true });
    await copyFolder(path.join(folder, 'a/b/내 모델 v2'), path.join(cache, 'snapshots/abc'));
    await mkdir(path.join(cache, 'refs'));
    await run(cache);
    await installed('Pixie-1.0');
  });

  it('says when there is nothing to import', async () => {
    await mkdir(path.join(folder, 'empty'));
    assert.equal(await codeOf(run(path.join(folder, 'empty'))), 'importNothing');
    assert.equal(await codeOf(run(path.join(folder, 'none'))), 'importUnreadable');
    const bin = [{ name: 'config.json' }, { name: 'pytorch_model.bin' }];
    assert.equal(await codeOf(run(await file('x.zip', zipOf(bin)))), 'importNothing');
  });

  for (const [name, wrapper] of [
    ['plain', null],
    ['wrapped', 'PIXIE'],
    ['wrapped in Korean', '모델 폴더'],
  ] as const) {
    const members = wrapper === null ? [...CHECKPOINT] : under(wrapper);
    it(`imports a ${name} zip`, async () => {
      await run(await file('x.zip', zipOf(members)), { name: 'm' });
      await installed('m');
    });
    it(`imports a ${name} tar, compressed or not, whatever its name`, async () => {
      const tar = await tarOf([{ name: './', type: 'directory' }, ...asTar(members)]);
      for (const [file_, content] of [
        ['x.tar', tar],
        ['x.tar.gz', gzipSync(tar)],
        ['download', gzipSync(tar)],
      ] as const) {
        await run(await file(file_, content), { name: 'm' });
        await installed('m');
      }
    });
  }

  it('names a model after its archive or the folder in it', async () => {
    await run(await file('PIXIE-v1.5.tar.gz.part1', gzipSync(await tarOf(asTar(CHECKPOINT)))));
    await installed('PIXIE-v1.5');
    await run(await file('x.zip', zipOf(under('SPLADE 3'))));
    await installed('SPLADE-3');
    assert.equal(await codeOf(run(await file('모델.zip', zipOf(CHECKPOINT)))), 'modelName');
    await run(await file('모델.zip', zipOf(CHECKPOINT)), { name: 'mine' });
    assert.equal(
      await codeOf(run(await file('모델.zip', zipOf(CHECKPOINT)), { name: 'mine' })),
      'modelExists',
    );
  });

  it('gives the same bytes however an archive is split, and from whichever part', async function () {
    this.timeout(60_000);
    const archives = { zip: zipOf(under('w')), 'tar.gz': gzipSync(await tarOf(asTar(CHECKPOINT))) };
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('zip', 'tar.gz'),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        async (kind, places, pointed) => {
          const whole = archives[kind];
          const cuts = [
            0,
            ...places.map(place => Math.floor(place * whole.length)).sort((a, b) => a - b),
            whole.length,
          ];
          const names: string[] = [];
          round++;
          for (let i = 1; i < cuts.length; i++)
            names.push(
              await file(
                `${round}/x.${kind}.${String(i).padStart(3, '0')}`,
                whole.subarray(cuts[i - 1], cuts[i]),
              ),
            );
          await run(names[pointed % names.length]!, { name: 'm' });
          await installed('m');
        },
      ),
      { numRuns: 30 },
    );
  });

  it('installs nothing of an archive that is cut off, wherever', async function () {
    this.timeout(60_000);
    const tar = await tarOf(asTar(CHECKPOINT));
    const archives = {
      'x.zip': zipOf(CHECKPOINT),
      'x.tar': tar.subarray(0, -1024 + 512),
      'x.tar.gz': gzipSync(tar),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('x.zip', 'x.tar', 'x.tar.gz'),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (name, place) => {
          const whole = archives[name];
          const code = await refusal(whole.subarray(0, Math.floor(place * whole.length)), name);
          assert.ok(['archiveDamaged', 'archiveUnsupported'].includes(code), code);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('notices a changed byte in a zip', async () => {
    const zip = zipOf([{ name: 'config.json' }, { name: 'model.safetensors', content: WEIGHTS }]);
    zip[zip.indexOf(WEIGHTS.subarray(0, 100)) + 5_000]! ^= 1;
    assert.equal(await refusal(zip), 'archiveDamaged');
  });

  const hostileZips: Record<string, readonly [ZipMember, string]> = {
    'a name above the folder': [{ name: '../x' }, 'archiveUnsafe'],
    'a name above the folder further in': [{ name: 'a/../../x' }, 'archiveUnsafe'],
    'an absolute name': [{ name: '/x' }, 'archiveUnsafe'],
    'a drive': [{ name: 'C:/x' }, 'archiveUnsafe'],
    'a backslash': [{ name: 'a\\..\\..\\x' }, 'archiveUnsafe'],
    'a useless file above the folder': [{ name: '../x.bin' }, 'archiveUnsafe'],
    'a link': [{ name: 'x', content: Buffer.from('/etc/passwd'), mode: 0o120777 }, 'archiveUnsafe'],
    'a device': [{ name: 'x', mode: 0o020666 }, 'archiveUnsafe'],
    'a name twice': [{ name: 'CONFIG.json' }, 'archiveUnsafe'],
    'a file that is a folder': [{ name: 'config.json/x' }, 'archiveUnsafe'],
    'zeros without end': [{ name: 'x', content: Buffer.alloc(900_000), deflate: true }, 'archiveUnsafe'],
    'a size beyond the limit': [{ name: 'x', size: 2 ** 31, deflate: true }, 'archiveUnsafe'],
    'a file larger than it says': [
      { name: 'x', content: Buffer.alloc(9_000), deflate: true, size: 10 },
      'archiveDamaged',
    ],
    'an encrypted file': [{ name: 'x', deflate: true, encrypted: true }, 'archiveEncrypted'],
    'an unknown compression': [{ name: 'x', content: Buffer.from('x'), method: 9 }, 'archiveUnsupported'],
    'a wrong checksum': [{ name: 'x', content: Buffer.from('x'), crc: 1 }, 'archiveDamaged'],
  };
  for (const [what, [member, code]] of Object.entries(hostileZips))
    it(`refuses a zip with ${what}`, async () => {
      assert.equal(await refusal(zipOf([...CHECKPOINT, member])), code);
    });

  const hostileTars: Record<
    string,
    readonly [Partial<Header> & { readonly name: string } & { readonly content?: Buffer }, string]
  > = {
    'a name above the folder': [{ name: '../x' }, 'archiveUnsafe'],
    'an absolute name': [{ name: '/x' }, 'archiveUnsafe'],
    'a folder above the folder': [{ name: '../', type: 'directory' }, 'archiveUnsafe'],
    'a link': [{ name: 'x', type: 'symlink', linkname: '/etc' }, 'archiveUnsafe'],
    'a hard link': [{ name: 'x', type: 'link', linkname: 'config.json' }, 'archiveUnsafe'],
    'a pipe': [{ name: 'x', type: 'fifo' }, 'archiveUnsafe'],
    'a name twice': [{ name: './config.json' }, 'archiveUnsafe'],
    'zeros without end': [{ name: 'x', content: Buffer.alloc(1_200_000) }, 'archiveUnsafe'],
  };
  for (const [what, [member, code]] of Object.entries(hostileTars))
    it(`refuses a tar with ${what}`, async () => {
      const tar = await tarOf([...asTar(CHECKPOINT), member]);
      assert.equal(await refusal(gzipSync(tar), 'x.tgz'), code);
    });

  it('refuses too many entries', async () => {
    const members = Array.from({ length: 60 }, (_, i) => ({ name: `d${i}/` }));
    assert.equal(await refusal(zipOf(members)), 'archiveUnsafe');
    assert.equal(
      await refusal(await tarOf(members.map(({ name }) => ({ name, type: 'directory' as const }))), 'x.zip'),
      'archiveUnsafe',
    );
  });

  it('never writes through a link that another entry made', async () => {
    const victim = path.join(folder, 'victim');
    await mkdir(victim);
    const tar = await tarOf([
      { name: 'd', type: 'symlink', linkname: victim },
      { name: 'd/x', content: Buffer.from('x') },
    ]);
    assert.equal(await codeOf(run(await file('x.tar', tar))), 'archiveUnsafe');
    assert.deepEqual(await readdir(victim), []);
  });

  it('refuses other kinds of archives', async () => {
    assert.equal(
      await refusal(Buffer.from('7z\xbc\xaf\x27\x1c and so on', 'latin1'), 'x.7z'),
      'archiveUnsupported',
    );
    assert.equal(await refusal(Buffer.alloc(0)), 'archiveDamaged');
    assert.equal(await refusal(gzipSync(Buffer.alloc(5_000, 'text')), 'x.gz'), 'archiveDamaged');
  });

  it('asks for room first', async () => {
    assert.equal(await refusal(zipOf(CHECKPOINT), 'x.zip', { free: async () => 1_000 }), 'diskSpace');
    assert.equal(
      await refusal(await tarOf(asTar(CHECKPOINT)), 'x.zip', { free: async () => 1_000 }),
      'diskSpace',
    );
    await writeModel(path.join(folder, 'in'), WEIGHTS);
    assert.equal(await codeOf(run(path.join(folder, 'in'), { free: async () => 1_000 })), 'diskSpace');
  });

  it('can be cancelled at any time and leaves nothing', async () => {
    for (const content of [
      zipOf(CHECKPOINT),
      await tarOf(asTar(CHECKPOINT)),
      gzipSync(await tarOf(asTar(CHECKPOINT))),
    ]) {
      const controller = new AbortController();
      const options = { signal: controller.signal, onProgress: (): void => controller.abort() };
      assert.match(await refusal(content, 'x.zip', options), /AbortError/);
    }
  });

  it('passes on what the converter says', async () => {
    converter.fail = new UserError('modelUnsupported', 'layers');
    assert.equal(await refusal(zipOf(CHECKPOINT)), 'modelUnsupported');
  });

  it('follows links of a folder that the user points at', async () => {
    await writeCheckpoint(path.join(folder, 'blobs'), WEIGHTS);
    const linked = path.join(folder, 'linked');
    await mkdir(linked);
    for (const name of await readdir(path.join(folder, 'blobs')))
      await symlink(path.join(folder, 'blobs', name), path.join(linked, name));
    await run(linked);
    await installed('linked');
  });
});
