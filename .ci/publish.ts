/**
 * `npm run publish:vsce`, `npm run publish:ovsx`: sends the packages of out/packages to the Visual Studio Marketplace
 * (VSCE_PAT) or to Open VSX (OVSX_PAT). Refuses without a token, and where a package is missing or has other bytes
 * than SHA256SUMS says.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileNameOf, TARGETS } from './packages/targets.ts';

/** Open VSX's own tool, fetched when it is needed. */
const OVSX = 'ovsx@1.4.0';
const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'out', 'packages');
const tool = process.argv[2] === 'ovsx' ? 'ovsx' : 'vsce';

process.exitCode = publish();

function publish(): number {
  const variable = tool === 'ovsx' ? 'OVSX_PAT' : 'VSCE_PAT';
  if (!process.env[variable]) return refuse(`${variable} is not set: nothing is published without a token`);
  const { name, version, repository } = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  ) as { readonly name: string; readonly version: string; readonly repository?: unknown };
  if (repository === undefined)
    return refuse('package.json names no repository: the page could not show its pictures');
  const files = TARGETS.map(target => path.join(folder, fileNameOf(name, version, target)));
  const wrong = files.filter(file => !isAsListed(file));
  if (wrong.length > 0)
    return refuse(`missing or changed: ${wrong.join(', ')} (npm run package -- --all makes them)`);
  for (const file of files) {
    const status = send(file);
    if (status !== 0) return status;
  }
  return 0;
}

function refuse(reason: string): number {
  console.error(reason);
  return 2;
}

function isAsListed(file: string): boolean {
  const list = path.join(folder, 'SHA256SUMS');
  if (!fs.existsSync(file) || !fs.existsSync(list)) return false;
  const digest = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  return fs
    .readFileSync(list, 'utf8')
    .split('\n')
    .includes(`${digest}  ${path.basename(file)}`);
}

/** Both tools take the token from the environment, so that no list of processes shows it. */
function send(file: string): number {
  const [program, ...args] =
    tool === 'ovsx'
      ? ['npm', 'exec', '--yes', '--', OVSX, 'publish', file]
      : [
          process.execPath,
          path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce'),
          'publish',
          '--packagePath',
          file,
        ];
  const shell = process.platform === 'win32' && program === 'npm';
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', shell }).status ?? 1;
}
