/** Tries again after errors that may pass by themselves, ever more slowly and a limited number of times. */
import { setTimeout as sleep } from 'node:timers/promises';
import { TransferError } from './transferError.ts';

export interface RetryRules {
  /** Number of tries in a row without progress. */
  readonly attempts: number;
  /** Number of tries in all, whatever their progress. */
  readonly totalAttempts: number;
  /** Milliseconds before the second try; doubles with each. */
  readonly firstDelay: number;
  /** Upper bound of a pause, also of one that the server asks for, in milliseconds. */
  readonly longestDelay: number;
  /** Milliseconds without data after which the connection is given up. */
  readonly stallTimeout: number;
}

export const RETRY_RULES: RetryRules = {
  attempts: 6,
  totalAttempts: 200,
  firstDelay: 1_000,
  longestDelay: 120_000,
  stallTimeout: 60_000,
};

/**
 * `progress` (any growing number) tells whether a failed try brought something; the count then starts again. Rejects
 * with the last error, or at once with the signal's reason or an error that another try cannot fix.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  rules: RetryRules,
  {
    signal,
    progress = () => 0,
  }: { readonly signal?: AbortSignal | undefined; readonly progress?: () => number },
): Promise<T> {
  const began = progress();
  let reached = began;
  let failures = 0;
  for (let total = 1; ; total++)
    try {
      signal?.throwIfAborted();
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof TransferError)) throw error;
      // A network that was there a moment ago is likely to come back.
      const lost = error.code === 'downloadUnreachable' && progress() > began;
      if (!error.again && !lost) throw error;
      if (progress() > reached) failures = 0;
      reached = Math.max(reached, progress());
      failures++;
      if (failures >= rules.attempts || total >= rules.totalAttempts) throw error;
      await pause(delayOf(failures, error.wait, rules), signal);
    }
}

/** Half of the pause is random, so that clients that failed together do not come back together. */
function delayOf(failures: number, wait: number | null, { firstDelay, longestDelay }: RetryRules): number {
  const backoff = firstDelay * 2 ** (failures - 1) * (0.5 + Math.random() / 2);
  return Math.min(longestDelay, Math.max(backoff, wait ?? 0));
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  signal?.throwIfAborted();
}
