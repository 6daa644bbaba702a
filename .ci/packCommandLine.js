/**
 * `npm run package:cli`: the command line as an npm package of its own (`malmoi-VERSION.tgz`), with `bin: malmoi`, the
 * embedded model and every part that the commands load. What is installed with it is the runtime alone, pinned.
 * `--built` takes what stands in dist, which `npm run package` has made.
 */
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const { name, version, description, license, engines, dependencies, keywords } = JSON.parse(
  fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
);
const folder = path.join(root, 'out', 'commandLine');

/** The parts that the command line loads; not the window's. */
const PARTS = [
  'dist/cli.js',
  'dist/mcp.js',
  'dist/team.js',
  'dist/engine.js',
  'dist/modelWorker.js',
  'dist/modelInstaller.js',
  'dist/watchdog.js',
  'dist/scoring.wasm',
  'dist/THIRD_PARTY_NOTICES.txt',
  'dist/readers',
  // Where the native runtime does not load (Alpine, Macs with Intel processors).
  'dist/wasm',
  'media/model',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'NOTICE',
];

fs.rmSync(folder, { recursive: true, force: true });
if (!process.argv.includes('--built'))
  execFileSync(process.execPath, [path.join(__dirname, 'buildForRelease.js')], {
    cwd: root,
    stdio: 'inherit',
  });
for (const part of PARTS)
  fs.cpSync(path.join(root, part), path.join(folder, part), {
    recursive: true,
    filter: file => !file.endsWith('.map'),
  });
const bin = path.join(folder, 'dist', 'cli.js');
const program = fs.readFileSync(bin, 'utf8');
if (!program.startsWith('#!')) fs.writeFileSync(bin, `#!/usr/bin/env node\n${program}`);
fs.chmodSync(bin, 0o755);
fs.writeFileSync(
  path.join(folder, 'package.json'),
  `${JSON.stringify(
    {
      name,
      version,
      description,
      license,
      keywords,
      bin: { malmoi: 'dist/cli.js' },
      engines: { node: engines.node },
      files: ['dist', 'media', 'NOTICE', 'CHANGELOG.md'],
      dependencies,
    },
    null,
    2,
  )}\n`,
);
const npm = process.env.npm_execpath;
const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
execFileSync(command, [...first, 'pack', '--pack-destination', root], { cwd: folder, stdio: 'inherit' });
