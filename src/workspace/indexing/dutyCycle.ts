/** Lets long work on the engine's main thread go on for a while, then rest: searches come in between. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds of work without a rest: what a search may have to wait. */
const WORK = 6;
/** Milliseconds of rest for each of work. */
const REST = 1;

/** A pace for work of its own: call it every millisecond or so. `rest` 0 lets others have their turn, and no more. */
export function dutyCycle(rest = REST): () => Promise<void> {
  let began = performance.now();
  return async () => {
    const worked = performance.now() - began;
    if (worked < WORK) return;
    await sleep(Math.ceil(worked * rest), undefined, { ref: false });
    began = performance.now();
  };
}
