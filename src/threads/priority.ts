/** Work that may wait lets others go first: editors, compilers, and the thread that answers searches. */
import { readlinkSync } from 'node:fs';
import os from 'node:os';

/**
 * The calling thread gets a lower priority (`nice`, 0 to 19), and so do the threads that it starts. Linux alone has
 * priorities of single threads behind `setpriority` (https://man7.org/linux/man-pages/man2/setpriority.2.html);
 * elsewhere it would be that of the whole process, whose main thread answers people.
 */
export function lowerThreadPriority(nice: number): void {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(/\/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self'))?.[1]);
    if (thread > 0) os.setPriority(thread, nice);
  } catch {
    // It works as it is.
  }
}
