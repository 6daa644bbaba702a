/** The training recipe's rules about text. What computes (`training/tests/test_model.py`) needs torch: by hand. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const FOLDER = path.join(import.meta.dirname, '../../training');
const USABLE = 'import sys, numpy; sys.exit(sys.version_info < (3, 11))';
/** The system's, where another comes first that lacks what the system's package manager installed. */
const PYTHONS = ['python3', '/usr/bin/python3'];

const run = (
  python: string,
  ...args: string[]
): { readonly status: number | null; readonly stderr: string } =>
  spawnSync(python, ['-B', ...args], { cwd: FOLDER, encoding: 'utf8' });

describe('the training recipe', () => {
  it('keeps its rules about text', function () {
    this.timeout(60_000);
    const python = PYTHONS.find(each => run(each, '-c', USABLE).status === 0);
    // A machine without Python can do all other work; the build machine has it.
    if (python === undefined && process.env['CI'] === undefined) this.skip();
    const { status, stderr } = run(python ?? 'python3', '-m', 'unittest', 'tests.test_text');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /Ran \d\d tests/);
  });
});
