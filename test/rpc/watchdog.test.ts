import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = path.join(import.meta.dirname, '../fakes/watchedProcess.ts');

function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', PROGRAM, ...args]);
}

describe('watchdog', () => {
  it('ends a process whose main thread does not answer, and says why', async () => {
    const child = start('stuck');
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    if (process.platform !== 'win32') assert.equal(signal, 'SIGKILL');
    assert.match(said, /does not answer/);
  });

  it('leaves one alone that was stopped for longer, as a sleeping laptop is', async function () {
    if (process.platform === 'win32') this.skip();
    const child = start();
    await once(child.stdout, 'data');
    child.kill('SIGSTOP');
    // Longer than the process under test may be silent.
    await sleep(1_000);
    child.kill('SIGCONT');
    await sleep(1_000);
    child.stdin.write('?');
    const [answer] = (await once(child.stdout, 'data')) as [Buffer];
    assert.equal(answer.toString(), 'alive\n');
    child.stdin.end();
    // Neither the watching thread nor the beat keeps a process alive.
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0);
  });

  it('watches no longer than the engine that it was started for', async () => {
    const child = start('ended');
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 0);
    assert.match(said, /went on/);
  });

  it('does not stand in the way of SIGTERM, however stuck the process is', async function () {
    if (process.platform === 'win32') this.skip();
    const child = start('stuck');
    await once(child.stdout, 'data');
    await sleep(150);
    child.kill('SIGTERM');
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    assert.equal(signal, 'SIGTERM');
  });
});
