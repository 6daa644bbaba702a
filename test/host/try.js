// `npm run try -- [FOLDER]` (and `npm run team:try`): from a fresh clone to a window with Malmoi on that folder (or on sample notes).
// Plain Node 18 with nothing installed: it installs what is missing, builds, and hands over to open.ts.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const repository = path.resolve(__dirname, '..', '..');
const locale = process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '';
// Korean unless the terminal is set to another language.
const english = locale !== '' && !/^(ko|C|POSIX)/i.test(locale);
const say = (korean, inEnglish) => console.error(english ? inEnglish : korean);

function fail(korean, inEnglish) {
  say(korean, inEnglish);
  process.exit(1);
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: repository, stdio: 'inherit', ...options });
  if (error) throw error;
  return status === 0;
}

function npm(...args) {
  const script = process.env.npm_execpath;
  if (script && script.endsWith('.js')) return run(process.execPath, [script, ...args]);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { shell: process.platform === 'win32' });
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 18) {
  fail(
    `Node 18 이상이 필요합니다(지금은 ${process.versions.node}). https://nodejs.org 에서 새 판을 설치하세요.`,
    `Node 18 or newer is needed (this is ${process.versions.node}). Install it from https://nodejs.org.`,
  );
}

const arguments_ = process.argv.slice(2);
/** `npm run team:try`: a team's server beside the window, with the sample notes on it. */
const withTeam = arguments_.includes('--team');
const folder = arguments_.find(argument => !argument.startsWith('--'));
if (folder !== undefined && !isFolder(path.resolve(process.env.INIT_CWD ?? process.cwd(), folder))) {
  fail(`폴더가 없습니다: ${folder}`, `No such folder: ${folder}`);
}

/** Everything `npm ci` writes is there, and it is of this lock file. */
function isInstalled() {
  const written = path.join(repository, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(written) || !fs.existsSync(modernNode())) return false;
  return fs.statSync(written).mtimeMs >= fs.statSync(path.join(repository, 'package-lock.json')).mtimeMs;
}

function isFolder(place) {
  return fs.existsSync(place) && fs.statSync(place).isDirectory();
}

/** The Node that the devDependency `node` brings: the build and the tests run on the same one everywhere. */
function modernNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(repository, 'node_modules', 'node', 'bin', name);
}

if (!isInstalled()) {
  say('의존성을 설치합니다(처음 한 번, 몇 분) …', 'Installing dependencies (once, a few minutes) …');
  if (!npm('ci', '--no-audit', '--no-fund')) {
    fail(
      '의존성을 설치하지 못했습니다. 위의 npm 메시지를 보세요.',
      'The dependencies could not be installed; see npm’s message above.',
    );
  }
}
const node = fs.existsSync(modernNode()) ? modernNode() : process.execPath;
say('빌드합니다 …', 'Building …');
if (!run(node, ['esbuild.js', '--production'], { stdio: ['inherit', 'ignore', 'inherit'] })) {
  fail('빌드하지 못했습니다.', 'The build failed.');
}
const place = folder === undefined ? [] : [path.resolve(process.env.INIT_CWD ?? process.cwd(), folder)];
// Ctrl+C is the window's: whoever it opened cleans up, and this waits for it.
process.on('SIGINT', () => undefined);
const opened = run(node, [
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  path.join(__dirname, withTeam ? 'openTeam.ts' : 'open.ts'),
  ...place,
  ...arguments_.filter(argument => argument.startsWith('--search=')),
]);
process.exitCode = opened ? 0 : 1;
