/** Nothing leaves the machine: shown by taking the network away, and by watching the system calls. Needs a build. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { canCutOff, canTrace, cutOff, run, traced } from './cutOff.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const NOTES = path.join(ROOT, 'test/fixtures/notes');
const NODE = [process.execPath, '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'];
const CLI = [...NODE, path.join(ROOT, 'dist/cli.js')];
const QUERY = '연차는 며칠 전에 신청하나요';
const FOUND = '취업규칙-요약.md';
/** An address that is kept for documentation: nobody has it. */
const REACH_OUT = [
  process.execPath,
  '-e',
  'require("net").connect(80, "192.0.2.1").on("error", error => { console.log(error.code); process.exit(3); }).setTimeout(500, () => process.exit(0))',
];

describe('without a network', function () {
  this.timeout(180_000);
  let work = '';
  let environment: NodeJS.ProcessEnv = {};
  beforeEach(async () => {
    work = await mkdtemp(path.join(os.tmpdir(), 'malmoi-offline-'));
    // onnxruntime sends nothing where these are set: people's machines don't have them.
    const { CI: _ci, ORT_DISABLE_TELEMETRY: _refused, ...usual } = process.env;
    environment = {
      ...usual,
      XDG_CACHE_HOME: path.join(work, '.cache'),
      HOME: work,
      MALMOI_MODELS: path.join(work, 'models'),
      MALMOI_FEEDBACK: path.join(work, 'feedback'),
    };
  });
  afterEach(() => rm(work, { recursive: true, force: true }));

  it('a folder is indexed and searched, and the doctor finds nothing wrong (unshare, ip)', async function () {
    if (!canCutOff()) this.skip();
    const store = ['--store', path.join(work, 'store')];
    const reaching = await run(cutOff(REACH_OUT));
    assert.deepEqual([reaching.code, reaching.out.trim()], [3, 'ENETUNREACH'], 'the network is cut off');
    const indexed = await run(cutOff([...CLI, 'index', NOTES, ...store]), environment);
    assert.equal(indexed.code, 0, indexed.err);
    const found = await run(cutOff([...CLI, 'search', NOTES, QUERY, '--json', ...store]), environment);
    const [first] = JSON.parse(found.out) as readonly { readonly file: string }[];
    assert.equal(path.basename(first!.file), FOUND);
    const doctor = await run(cutOff([...CLI, 'doctor', NOTES, ...store]), environment);
    assert.equal(doctor.code, 0, doctor.out);
    assert.match(doctor.out, /runtime\s+onnxruntime/);
  });

  it('the command line opens no internet socket while it indexes and searches (strace)', async function () {
    if (!canTrace()) this.skip();
    const file = path.join(work, 'trace');
    const control = await traced(REACH_OUT, file);
    assert.notEqual(control.internet.length, 0, 'the trace sees one that is opened');
    const store = ['--store', path.join(work, 'store')];
    const indexing = await traced([...CLI, 'index', NOTES, ...store], file, environment);
    assert.equal(indexing.code, 0, indexing.err);
    const searching = await traced([...CLI, 'search', NOTES, QUERY, ...store], file, environment);
    assert.match(searching.out, new RegExp(FOUND));
    assert.deepEqual([...indexing.internet, ...searching.internet], []);
    assert.notEqual(indexing.local.length, 0);
  });

  it('neither does the engine of the windows (strace)', async function () {
    if (!canTrace()) this.skip();
    const driver = path.join(import.meta.dirname, 'useEngine.ts');
    const programs = path.join(ROOT, 'dist');
    const model = path.join(ROOT, 'media/model');
    const args = [NOTES, path.join(work, 'store'), programs, model, QUERY];
    const window = await traced([...NODE, driver, ...args], path.join(work, 'trace'), environment);
    assert.equal(window.code, 0, window.err);
    assert.match(window.out, new RegExp(FOUND));
    assert.deepEqual(window.internet, []);
    // The socket between window and engine is one of the file system.
    assert.ok(window.local.some(call => call.includes('AF_UNIX')));
    // An identifier of the machine, for telemetry that the runtime would send.
    assert.ok(!existsSync(path.join(work, '.cache', 'Microsoft')));
  });
});
