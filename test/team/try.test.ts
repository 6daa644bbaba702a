/** `npm run team:try` without its window. Needs a build, as the command line's tests do. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { needsServer } from './server/shared.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const Hits = v.array(v.object({ file: v.string(), score: v.number() }));

describe('npm run team:try', function () {
  needsServer(this);
  this.timeout(240_000);

  it('starts a server, pushes the sample notes, finds them beside mine, and leaves nothing behind', async () => {
    const temporary = await mkdtemp(path.join(os.tmpdir(), 'malmoi-try-'));
    const command = [
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      path.join(ROOT, 'test/host/openTeam.ts'),
      '--search=휴가 신청',
    ];
    const environment = {
      ...process.env,
      TMPDIR: temporary,
      MALMOI_MODELS: path.join(ROOT, 'out/no-models'),
      MALMOI_FEEDBACK: path.join(temporary, 'feedback'),
    };
    const child = spawn(process.execPath, command, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, said] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise(resolve => child.once('close', resolve));
    assert.equal(code, 0, out + said);
    const hits = v.parse(Hits, JSON.parse(out.slice(out.lastIndexOf('\n[') + 1)));
    const files = hits.map(({ file }) => file);
    assert.ok(files.includes('내 메모.md'), out);
    assert.ok(files.some(file => file !== '내 메모.md'));
    assert.deepEqual(
      (await readdir(temporary)).filter(name => name.startsWith('malmoi-team-try-')),
      [],
    );
    await rm(temporary, { recursive: true, force: true });
  });
});
