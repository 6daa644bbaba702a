/** Divides long work on the engine's main thread into periods of work and rest, so that searches can run in between. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds of work without a rest: the longest that a search has to wait. */
const WORK = 6;
/** Milliseconds of rest for each millisecond of work. */
const REST = 1;

/** A pace for one piece of work: call it about every millisecond. With `rest` 0 it only yields to other work. */
export function dutyCycle(rest = REST): () => Promise<void> {
  let began = performance.now();
  return async () => {
    const worked = performance.now() - began;
    if (worked < WORK) return;
    await sleep(Math.ceil(worked * rest), undefined, { ref: false });
    began = performance.now();
  };
}
