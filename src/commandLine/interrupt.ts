/** Ctrl+C as a signal: the first one ends the work cleanly, the second one ends the process. */

/** Runs `work`; if it was cancelled, prints that and returns exit code 1. */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<number>,
  cancelled: () => void,
): Promise<number> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    cancelled();
    return 1;
  } finally {
    process.off('SIGINT', stop);
  }
}
