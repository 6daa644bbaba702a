/**
 * Installs the packages of package-lock.json where they are missing or old: what `npm test` and `npm run try`
 * need before anything else, so it uses nothing but Node 18 itself.
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
/** The Node of the devDependency `node`: npm scripts get it first on their PATH, everybody the same one. */
const node = path.join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Brings node_modules up to date; throws when npm fails. Messages and npm's output go to stderr. */
function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing the packages of package-lock.json (npm ci) …');
  // Registries answer badly now and then.
  if (npm(['ci', '--no-audit', '--no-fund']) !== 0 && npm(['ci', '--no-audit', '--no-fund']) !== 0)
    throw new Error('npm ci failed: see its messages above');
  if (!runs(node)) npm(['rebuild', 'node']);
  if (!runs(node)) throw new Error(`${node} does not run: npm was not allowed to run its install script`);
}

/** True if everything in the lock file stands in node_modules with that version (optional packages may be absent). */
function isInstalled() {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const found = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  return (
    Object.entries(wanted).every(([place, { version, optional, link }]) => {
      if (place === '' || link) return true;
      return found[place] === undefined ? optional === true : found[place].version === version;
    }) && runs(node)
  );
}

function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** The npm that runs this, else the one on the PATH. */
function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? [process.execPath, script]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

function npm(args) {
  const [program, ...first] = npmCommand();
  const shell = process.platform === 'win32' && first.length === 0;
  return spawnSync(program, [...first, ...args], { cwd: root, stdio: ['ignore', 2, 2], shell }).status;
}

module.exports = { root, node, ensureInstalled, npmCommand };
