/**
 * One long piece of work in a worker thread of its own: it reports progress, is cancelled cleanly, and ends
 * its thread.
 */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { abortError } from './abort.ts';
import { UserError, type UserErrorCode } from '../errors/userError.ts';

type Message =
  | { readonly progress: unknown }
  | { readonly result: unknown }
  | {
      readonly error: {
        readonly message: string;
        readonly aborted: boolean;
        readonly code?: UserErrorCode;
        readonly subject?: string;
      };
    };

const CANCEL = 'cancel';

export interface JobOptions<Progress> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Runs `file` (a built program that calls `doJob`) with `request`. Rejects with the job's error. After
 * `signal` fires, it rejects with an `AbortError` once the job has cleaned up, which may take as long as its
 * longest step.
 */
export function runJob<Request, Progress, Result>(
  file: string | URL,
  request: Request,
  { signal, onProgress }: JobOptions<Progress>,
): Promise<Result> {
  if (signal.aborted) return Promise.reject(abortError());
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: request });
    const cancel = (): void => worker.postMessage(CANCEL);
    signal.addEventListener('abort', cancel, { once: true });
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', cancel);
      worker.removeAllListeners();
      worker.on('error', () => undefined);
      void worker.terminate();
      settle();
    };
    worker.on('message', (message: Message) => {
      if ('progress' in message) onProgress(message.progress as Progress);
      else if ('result' in message) end(() => resolve(message.result as Result));
      else end(() => reject(errorOf(message.error)));
    });
    worker.on('error', error => end(() => reject(error)));
    worker.on('exit', code => end(() => reject(new Error(`thread ended with code ${code}`))));
  });
}

function errorOf({
  message,
  aborted,
  code,
  subject = '',
}: Extract<Message, { error: unknown }>['error']): Error {
  if (aborted) return abortError();
  return code === undefined ? new Error(message) : new UserError(code, subject);
}

/** The worker's side: runs the job and answers. */
export function doJob<Request, Progress, Result>(
  work: (request: Request, options: JobOptions<Progress>) => Promise<Result>,
): void {
  const port = parentPort;
  if (port === null) throw new Error('not in a worker thread');
  const abort = new AbortController();
  const post = (message: Message): void => port.postMessage(message);
  port.on('message', message => {
    if (message === CANCEL) abort.abort();
  });
  const onProgress = (progress: Progress): void => post({ progress });
  work(workerData as Request, { signal: abort.signal, onProgress }).then(
    result => post({ result }),
    (error: unknown) => {
      const known = error instanceof UserError ? { code: error.code, subject: error.subject } : {};
      const { aborted } = abort.signal;
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      post({ error: { message, aborted, ...known } });
    },
  );
}
