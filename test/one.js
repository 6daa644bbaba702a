/**
 * `npm run test:one -- FILE [mocha's options]`: one test file, or a glob of them, with the options of `.mocharc.json`.
 *
 * mocha adds a file that is named to the `spec` of its configuration, so naming one runs everything; here the
 * configuration's spec is left out.
 */
const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { root } = require('./setup.js');
const { timeout, 'node-option': nodeOptions, require: required } = require('../.mocharc.json');

const given = process.argv.slice(2);
if (given.length === 0) {
  console.error('npm run test:one -- test/search/ranking/fusion.test.ts [-g "part of a name"]');
  process.exit(2);
}
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
const options = [
  ...nodeOptions.map(option => `--${option}`),
  ...required.flatMap(file => ['--require', path.join(root, file)]),
];
const { status } = spawnSync(
  process.execPath,
  [mocha, '--no-config', '--timeout', String(timeout), ...options, ...given],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
