import assert from 'node:assert/strict';
import { runJob } from '../../src/threads/jobThread.ts';

const JOB = new URL('../fakes/countingJob.ts', import.meta.url);

describe('runJob', () => {
  let progress: number[] = [];
  beforeEach(() => {
    progress = [];
  });
  const count = (to: number, signal = new AbortController().signal): Promise<string> =>
    runJob<number, number, string>(JOB, to, { signal, onProgress: n => progress.push(n) });

  it('answers, after its progress', async () => {
    assert.equal(await count(3), 'counted to 3');
    assert.deepEqual(progress, [1, 2, 3]);
  });
  it('passes on what is the user’s to mend, and the death of the thread', async () => {
    await assert.rejects(count(0), { name: 'UserError', code: 'importNothing', subject: 'here' });
    await assert.rejects(count(-1), /ended with code 3/);
  });
  it('is cancelled before it starts, and while it runs', async () => {
    await assert.rejects(count(3, AbortSignal.abort()), { name: 'AbortError' });
    assert.deepEqual(progress, []);
    const abort = new AbortController();
    const running = runJob<number, number, string>(JOB, 1e9, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await assert.rejects(running, { name: 'AbortError' });
  });
});
