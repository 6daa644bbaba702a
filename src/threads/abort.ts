/** Abort signals, and waiting under one. */

export function abortError(): Error {
  return new DOMException('The operation was aborted', 'AbortError');
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

const NEVER = new AbortController().signal;

/** The signal, or one that never fires. */
export function signalOr(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? NEVER;
}

/** Waits until `work` settles or the signal fires: then it rejects with `AbortError`, while the work itself goes on. */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  if (signal.aborted) {
    work.catch(() => undefined);
    throw abortError();
  }
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(abortError());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop!);
  }
}
