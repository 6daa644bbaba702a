/** Waits for files that somebody else holds for a moment. */
import { rename } from 'node:fs/promises';
import { PLATFORM, type Platform } from './platform.ts';

/** Milliseconds between the tries: two and a half seconds in all. */
const PAUSES = [10, 20, 40, 80, 160, 320, 640, 1_280];

/** A file that is in use on a network drive is EBUSY on every system; the other two pass on Windows alone. */
function mayPass({ code }: NodeJS.ErrnoException, { locksOpenFiles }: Platform): boolean {
  return code === 'EBUSY' || (locksOpenFiles && (code === 'EPERM' || code === 'EACCES'));
}

/** Rejects with the last error where the file is still held at the end, and at once with any other. */
export async function patiently<T>(
  action: () => Promise<T>,
  platform: Platform = PLATFORM,
  pauses: readonly number[] = PAUSES,
): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await action();
    } catch (error) {
      const pause = pauses[tries];
      if (pause === undefined || !mayPass(error as NodeJS.ErrnoException, platform)) throw error;
      await new Promise(resolve => setTimeout(resolve, pause));
    }
}

/** Renames a file, over another one where there is one. */
export function patientRename(from: string, to: string): Promise<void> {
  return patiently(() => rename(from, to));
}
