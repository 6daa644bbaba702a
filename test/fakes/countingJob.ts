/** A job that counts to its request, or until it is cancelled. */
import { setTimeout as sleep } from 'node:timers/promises';
import { doJob } from '../../src/threads/jobThread.ts';
import { UserError } from '../../src/errors/userError.ts';

doJob<number, number, string>(async (count, { signal, onProgress }) => {
  if (count === 0) throw new UserError('importNothing', 'here');
  if (count < 0) process.exit(3);
  for (let i = 1; i <= count; i++) {
    onProgress(i);
    await sleep(1);
    signal.throwIfAborted();
  }
  return `counted to ${count}`;
});
