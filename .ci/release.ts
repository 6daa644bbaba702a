/** `npm run release -- 1.0.0`: sets the version and dates the changelog. It commits and publishes nothing. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { datedChangelog, releasedManifest } from './packages/release.ts';

const root = path.resolve(import.meta.dirname, '..');
const version = process.argv[2] ?? '';
const date = new Date().toISOString().slice(0, 10);
const [manifest, changelog] = ['package.json', 'CHANGELOG.md'].map(name => path.join(root, name));
const changed = [
  [manifest!, releasedManifest(fs.readFileSync(manifest!, 'utf8'), version)],
  [changelog!, datedChangelog(fs.readFileSync(changelog!, 'utf8'), version, date)],
] as const;
for (const [file, text] of changed) fs.writeFileSync(file, text);
execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
console.log(`${version} (${date}): look at it with git diff, then npm run package -- --all --verify`);
