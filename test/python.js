/**
 * A Python with what `npm test` needs of it (training/tests/requirements.txt), in a virtual environment of its own:
 * in `out/python`, or in MALMOI_PYTHON_FOLDER. Prints the program's path; where it can't be had, says why and exits
 * with 1, and the tests that need it are skipped by name. Nothing but Node's own modules is used here.
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const requirements = path.join(root, 'training', 'tests', 'requirements.txt');
const folder = process.env.MALMOI_PYTHON_FOLDER ?? path.join(root, 'out', 'python');
const windows = process.platform === 'win32';
const program = windows ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
/** What an environment was made from; written last. */
const marker = path.join(folder, 'requirements.txt');
/** The recipe's own lowest version. */
const NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 11))';
const MINUTES = 5;

/** Packages that somebody installed by hand are not seen. */
const environment = { ...process.env, PYTHONNOUSERSITE: '1' };
delete environment.PYTHONPATH;
delete environment.PYTHONHOME;

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, {
    env: environment,
    stdio: ['ignore', 2, 2],
    timeout: MINUTES * 60_000,
  });
  return error === undefined && status === 0;
}

/** Why there is none, or null. */
function prepare() {
  const wanted = fs.readFileSync(requirements, 'utf8');
  const made = fs.existsSync(marker) && fs.readFileSync(marker, 'utf8') === wanted;
  if (made && run(program, '-c', NEW_ENOUGH)) return null;
  const candidates = windows ? ['py', 'python'] : ['python3', '/usr/bin/python3'];
  const python = candidates.find(each => run(each, '-c', NEW_ENOUGH));
  if (python === undefined) return 'no Python 3.11 or newer';
  fs.rmSync(folder, { recursive: true, force: true });
  if (!run(python, '-m', 'venv', folder))
    return `${python} -m venv failed (on Debian: apt install python3-venv)`;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:'];
  if (!run(program, ...pip, '--requirement', requirements)) return 'pip install failed';
  fs.writeFileSync(marker, wanted);
  return null;
}

const reason = prepare();
if (reason === null) console.log(program);
else {
  console.error(`The tests of the training recipe are skipped: ${reason}.`);
  process.exitCode = 1;
}
