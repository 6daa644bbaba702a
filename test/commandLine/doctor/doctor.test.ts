import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readArguments } from '../../../src/commandLine/arguments.ts';
import type { Check } from '../../../src/commandLine/doctor/check.ts';
import type { Console } from '../../../src/commandLine/console.ts';
import { runDoctor, type DoctorPorts, type RuntimeFacts } from '../../../src/commandLine/doctor/doctor.ts';
import { checkMachine, type MachineFacts } from '../../../src/commandLine/doctor/machine.ts';
import { checkFolder, checkStore } from '../../../src/commandLine/doctor/store.ts';
import { UserError } from '../../../src/errors/userError.ts';
import { InstalledModels } from '../../../src/model/store/installedModels.ts';

const MACHINE: MachineFacts = {
  node: '20.1.0',
  platform: 'linux',
  architecture: 'x64',
  memory: 8 * 1024 ** 3,
  cores: 2,
  openFiles: 1024,
  watches: 500_000,
};
const ROOT = path.join(import.meta.dirname, '../../..');

function statesOf(checks: readonly Check[]): Readonly<Record<string, string>> {
  return Object.fromEntries(checks.map(({ name, state }) => [name, state]));
}

describe('malmoi doctor', function () {
  this.timeout(30_000);
  let work = '';
  before(async () => void (work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-doctor-'))));
  after(() => rm(work, { recursive: true, force: true }));

  const portsOf = (changed: Partial<DoctorPorts>): DoctorPorts => ({
    version: '1.2.3',
    language: 'ko',
    storePath: path.join(work, 'store'),
    installed: new InstalledModels(path.join(work, 'models'), path.join(ROOT, 'media/model')),
    probe: () => Promise.resolve(),
    runtime: () => Promise.resolve({ name: 'native', version: '1', insteadOf: null }),
    ...changed,
  });
  const hear = (said: unknown[]): Console => ({
    print: (): never => assert.fail('JSON alone'),
    json: (value: unknown): void => void said.push(value),
    message: (): undefined => undefined,
    progress: (): undefined => undefined,
  });

  it('finds nothing wrong with a usual machine', () => {
    for (const { state, advice } of checkMachine(MACHINE)) assert.deepEqual([state, advice], ['fine', null]);
  });

  for (const [name, change, state] of [
    ['node', { node: '16.20.0' }, 'wrong'],
    ['memory', { memory: 1024 ** 3 }, 'warning'],
    ['open files', { openFiles: 64 }, 'warning'],
    ['watches', { watches: 8192 }, 'warning'],
  ] as const)
    it(`says what to do about ${name}`, () => {
      const check = checkMachine({ ...MACHINE, ...change }).find(each => each.name === name);
      assert.equal(check?.state, state);
      assert.ok((check.advice ?? '').length > 0);
    });

  it('says nothing of limits that the system does not tell', () => {
    const names = checkMachine({ ...MACHINE, openFiles: null, watches: null }).map(({ name }) => name);
    assert.deepEqual(names, ['node', 'memory']);
  });

  it('looks at the place of the indexes: who else can see it, and how much room there is', async function () {
    if (process.platform === 'win32') this.skip();
    const store = path.join(work, 'store');
    const lots = (): Promise<number> => Promise.resolve(1e12);
    assert.deepEqual(statesOf(await checkStore(store, lots)), { store: 'fine', disk: 'fine' });
    await chmod(store, 0o755);
    assert.deepEqual(statesOf(await checkStore(store, () => Promise.resolve(1e6))), {
      store: 'warning',
      disk: 'warning',
    });
    const file = path.join(work, 'file');
    await writeFile(file, '');
    assert.deepEqual(statesOf(await checkStore(path.join(file, 'store'), lots)), { store: 'wrong' });
  });

  it('tells a folder without an index from one that is not there', async () => {
    const folder = path.join(work, 'notes');
    await mkdir(folder);
    assert.equal((await checkFolder(path.join(work, 'store'), folder)).state, 'warning');
    assert.equal((await checkFolder(path.join(work, 'store'), path.join(work, 'gone'))).state, 'wrong');
  });

  for (const [what, runtime, state, found] of [
    [
      'the native runtime',
      { name: 'native', version: '1.30.0', insteadOf: null },
      'fine',
      /^onnxruntime 1\.30\.0 \(native\)$/,
    ],
    [
      'WebAssembly, and why',
      { name: 'wasm', version: '1.30.0', insteadOf: 'no musl' },
      'fine',
      /WebAssembly.*no musl/,
    ],
    ['none at all', null, 'wrong', /^nothing loads$/],
  ] as const)
    it(`names ${what}`, async () => {
      const said: unknown[] = [];
      const load = (): Promise<RuntimeFacts> =>
        runtime === null ? Promise.reject(new Error('nothing loads')) : Promise.resolve(runtime);
      await runDoctor(readArguments(['doctor', '--json']), portsOf({ runtime: load }), hear(said));
      const [{ checks }] = said as [{ checks: readonly Check[] }];
      const check = checks.find(({ name }) => name === 'runtime');
      assert.equal(check?.state, state);
      assert.match(check.found, found);
    });

  for (const [what, probe, code] of [
    ['a model that opens', (): Promise<void> => Promise.resolve(), 0],
    ['one that the runtime refuses', () => Promise.reject(new UserError('modelUnusable', 'malmoi-ko')), 1],
  ] as const)
    it(`ends with ${code} for ${what}, and says the same as JSON`, async () => {
      const said: unknown[] = [];
      assert.equal(
        await runDoctor(readArguments(['doctor', '--json']), portsOf({ probe }), hear(said)),
        code,
      );
      const [{ fine, checks }] = said as [{ fine: boolean; checks: readonly Check[] }];
      assert.equal(fine, code === 0);
      assert.equal(statesOf(checks)['model'], code === 0 ? 'fine' : 'wrong');
      assert.equal(checks.find(({ name }) => name === 'malmoi')?.found, '1.2.3');
    });
});
