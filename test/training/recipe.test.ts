/**
 * The training recipe's rules about text, in the environment that `test/python.js` makes. What computes
 * (`training/tests/test_model.py`) needs torch: by hand.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'training');
const PYTHON = process.env['MALMOI_PYTHON'] ?? path.join(ROOT, 'out/python/bin/python');

describe('the training recipe', () => {
  it('keeps its rules about text (Python)', function () {
    this.timeout(60_000);
    // A machine without Python can do all other work; `npm test` says that this was skipped, and why.
    if (!existsSync(PYTHON)) this.skip();
    const command = ['-B', '-m', 'unittest', 'tests.test_text'];
    const { status, stderr } = spawnSync(PYTHON, command, { cwd: FOLDER, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /Ran \d\d tests/);
  });

  it('is tested with the versions it is run with', () => {
    const versions = (file: string): string[] =>
      readFileSync(path.join(FOLDER, file), 'utf8')
        .split('\n')
        .filter(line => line.includes('=='));
    const all = new Set(versions('requirements.txt'));
    const tested = versions('tests/requirements.txt');
    assert.ok(tested.length > 0);
    for (const line of tested) assert.ok(all.has(line), line);
  });
});
