/**
 * `npm run test:host`: the real extension with the real engine in a real VS Code.
 *
 * 1. the suite (test/host/suite) runs with mocha inside the extension host;
 * 2. the UI tests (test/host/ui) drive the window from outside and take the screenshots.
 *
 * `npm run pictures` makes the pictures of the README and of the walkthrough (test/host/pictures).
 * `-- --suite` or `-- --ui` runs one of them; `npm run soak -- MINUTES` works on end instead (test/host/soak);
 * `npm run first -- FOLDER` opens a folder for the first time (test/host/first); MALMOI_TEST_GREP picks tests by title;
 * MALMOI_KEEP=1 leaves the user data with the logs in place.
 *
 * VS Code is an installed or downloaded one where MALMOI_TEST_ELECTRON=1 (through @vscode/test-electron;
 * the suite only), else code-server from npm with Chromium.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleSuite } from './bundleSuite.ts';
import { repository } from './paths.ts';
import { runInCodeServer } from './runInCodeServer.ts';
import { runInElectron } from './runInElectron.ts';
import type { SuiteResult } from './suiteResult.ts';
import { emptyResult, readResult } from './suiteResult.ts';
import { makeWorkspace } from './workspace.ts';

const say = (line: string): void => console.error(line);
const only = process.argv.find(argument =>
  ['--suite', '--ui', '--soak', '--first', '--pictures'].includes(argument),
);
/** `npm run soak -- 30`: minutes of work on end. */
const soak = only === '--soak' ? Number(process.argv.at(-1)) || 30 : null;
/** `npm run first -- FOLDER`: documents that are copied beside the sample notes. */
const first = only === '--first' ? process.argv.at(-1)! : null;

const electron = process.env['MALMOI_TEST_ELECTRON'] === '1';
// Whatever model this user has selected.
process.env['MALMOI_MODELS'] = path.join(os.tmpdir(), `malmoi-no-models-${process.pid}`);
// Verdicts of the tests are nobody's.
process.env['MALMOI_FEEDBACK'] = path.join(os.tmpdir(), `malmoi-feedback-${process.pid}`);

if (soak !== null) process.env['MALMOI_SOAK_MINUTES'] = String(soak);
const results: SuiteResult[] = [];
if (only !== '--ui' && only !== '--pictures') results.push(await runSuite());
if (only !== '--suite' && soak === null && first === null && !electron)
  results.push(runUi(only === '--pictures' ? 'pictures' : 'ui'));

const passed = results.reduce((sum, each) => sum + each.passed.length, 0);
const failed = results.flatMap(each => each.failed);
for (const { title, error } of failed) console.log(`\nFAILED ${title}\n${error}`);
console.log(`\nhost tests: ${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 || passed === 0 ? 1 : 0;

async function runSuite(): Promise<SuiteResult> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-host-'));
  try {
    const workspace = makeWorkspace(folder);
    if (first !== null && fs.existsSync(first))
      fs.cpSync(first, path.join(workspace.notes, '묶음'), { recursive: true });
    const run = {
      workspace,
      data: path.join(folder, 'data'),
      result: path.join(folder, 'result.json'),
      suite: await bundleSuite(soak !== null ? 'soak' : first !== null ? 'first' : 'suite'),
      // Opening, the last checks and a rebuild come before and after.
      minutes: soak === null ? 15 : soak + 15,
      settings: { 'malmoi.storePath': path.join(folder, 'store') },
    };
    await (electron ? runInElectron(run) : runInCodeServer(run, say));
    return readResult(run.result);
  } finally {
    if (process.env['MALMOI_KEEP'] === '1') say(`kept: ${folder}`);
    else fs.rmSync(folder, { recursive: true, force: true });
  }
}

function runUi(tests: 'ui' | 'pictures'): SuiteResult {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'malmoi-ui-'));
  const result = path.join(folder, 'result.json');
  const wanted = process.env['MALMOI_TEST_GREP'];
  const grep = wanted === undefined ? [] : [`--grep=${wanted}`];
  const mocha = path.join(repository, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const reporter = path.join(import.meta.dirname, 'resultReporter.cjs');
  spawnSync(
    process.execPath,
    [
      mocha,
      '--no-config',
      '--timeout=120000',
      ...grep,
      `--reporter=${reporter}`,
      `test/host/${tests}/*.test.ts`,
    ],
    {
      cwd: repository,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        MALMOI_TEST_RESULT: result,
        NODE_OPTIONS: '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      },
    },
  );
  const read = fs.existsSync(result)
    ? readResult(result)
    : emptyResult('the UI tests ended without a result');
  fs.rmSync(folder, { recursive: true, force: true });
  return read;
}
