/** `npm run test:package` and, with `--offline`, `npm run test:offline`: the install tests, networking cut off or not. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureChromium } from '../browser.ts';
import { ensureCodeServer } from '../codeServer.ts';
import { repository } from '../paths.ts';
import { canCutOff, cutOff } from '../../offline/cutOff.ts';

const offline = process.argv.includes('--offline');
const say = (line: string): void => console.error(line);
// Both are fetched now or never.
ensureCodeServer(say);
process.env['MALMOI_CHROMIUM'] = ensureChromium(say);
if (offline && !canCutOff()) {
  console.log('skipped: this machine gives nobody a network of their own (Linux with unshare and ip)');
  process.exit(0);
}
const mocha = path.join(repository, 'node_modules', 'mocha', 'bin', 'mocha.js');
const grep = process.env['MALMOI_TEST_GREP'];
const command = [
  process.execPath,
  mocha,
  '--no-config',
  '--node-option=disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  ...(grep === undefined ? [] : [`--grep=${grep}`]),
  'test/host/install/*.test.ts',
];
const [program, ...args] = offline ? cutOff(command) : command;
const { status } = spawnSync(program!, args, {
  cwd: repository,
  stdio: 'inherit',
  env: { ...process.env, ...(offline ? { MALMOI_OFFLINE: '1' } : {}) },
});
process.exitCode = status ?? 1;
