/** How many threads the model may use: all but leave the person's own work room on larger machines. */
import os from 'node:os';

export function encoderThreads(cores: number = os.availableParallelism?.() ?? os.cpus().length): number {
  return Math.max(1, Math.min(8, cores <= 4 ? cores : Math.floor(cores * 0.75)));
}
