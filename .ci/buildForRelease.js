/** Builds what packages carry into dist, and the notices of others' licences. */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const out = path.join(root, 'out');
// Nothing of an earlier build may come along, neither as a file nor as a name in the notices.
fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
for (const name of fs.readdirSync(out)) if (name.startsWith('meta-')) fs.rmSync(path.join(out, name));
const quiet = '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON';
for (const args of [
  ['esbuild.js', '--production', '--quiet'],
  [quiet, '.ci/notices.ts'],
])
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
