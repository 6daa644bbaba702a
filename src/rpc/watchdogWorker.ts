/** Entry point of the thread that watches the main thread (`watchdog.ts`). */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import type { WatchdogData } from './watchdog.ts';

const { beats, tick, patience } = workerData as WatchdogData;
let last = -1;
let silent = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  silent = now === last ? silent + 1 : 0;
  last = now;
  if (silent < patience) return;
  try {
    writeSync(2, 'the main thread does not answer: the process is ended\n');
  } catch {
    // Nobody reads the pipe any more.
  }
  // Only SIGKILL gets through: signal handlers would run on the thread that is stuck.
  process.kill(process.pid, 'SIGKILL');
}, tick);
