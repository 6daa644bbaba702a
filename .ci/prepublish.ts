/** Builds what a package carries. `vsce` calls it before it packs; with MALMOI_PREBUILT=1 it has been done already. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
if (process.env['MALMOI_PREBUILT'] !== '1') {
  // Nothing of an earlier build may come along, neither as a file nor as a name in the notices.
  fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  const out = path.join(root, 'out');
  fs.mkdirSync(out, { recursive: true });
  for (const name of fs.readdirSync(out)) if (name.startsWith('meta-')) fs.rmSync(path.join(out, name));
  run('esbuild.js', '--production', '--quiet');
  run('.ci/notices.ts');
}

function run(...args: readonly string[]): void {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}
