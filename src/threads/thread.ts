/** A worker thread that answers one request at a time; urgent requests go first. */
import { abortError } from './abort.ts';
import { parentPort, Worker, type ResourceLimits } from 'node:worker_threads';
import { UserError, type UserErrorCode } from '../errors/userError.ts';

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string; readonly code?: UserErrorCode; readonly subject?: string };
}

interface Pending<Request, Response> {
  readonly request: Request;
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number | undefined;
}

interface Running<Request, Response> {
  readonly id: number;
  readonly pending: Pending<Request, Response>;
  timer?: NodeJS.Timeout;
}

export interface CallOptions {
  /** Puts the request ahead of every waiting request that is not urgent. */
  readonly urgent?: boolean;
  /** When it fires, a request that has not begun is dropped; one under way is not interrupted. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the thread is ended and the request rejects with `ThreadTimeoutError`. */
  readonly timeout?: number;
}

export class ThreadTimeoutError extends Error {
  override readonly name = 'ThreadTimeoutError';
}

/** The message that tells a worker to release everything and end. */
const REST = 'rest';

export interface ThreadOptions {
  readonly limits?: ResourceLimits;
  /**
   * Milliseconds without a request after which the worker is ended to free its memory; the next request
   * starts a new one. Where absent, the worker stays.
   */
  readonly restAfter?: number;
  /**
   * Sends the next request while one is under way, so that the worker need not wait for this thread in between. An urgent
   * request comes after that one.
   */
  readonly ahead?: boolean;
}

export class Thread<Request, Response> {
  readonly #file: string | URL;
  readonly #data: unknown;
  readonly #options: ThreadOptions;
  readonly #urgent: Pending<Request, Response>[] = [];
  readonly #waiting: Pending<Request, Response>[] = [];
  #worker: Worker | null = null;
  #running: Running<Request, Response> | null = null;
  /** The worker has it, and begins when the running one is answered. */
  #ahead: Running<Request, Response> | null = null;
  #nextId = 1;
  #resting: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(file: string | URL, data: unknown, options: ThreadOptions = {}) {
    this.#file = file;
    this.#data = data;
    this.#options = options;
  }

  /** Number of requests under way and waiting. */
  get load(): number {
    const sent = (this.#running === null ? 0 : 1) + (this.#ahead === null ? 0 : 1);
    return this.#urgent.length + this.#waiting.length + sent;
  }

  /** Rejects with the thread's error, an `AbortError`, or `ThreadTimeoutError`. */
  call(request: Request, options: CallOptions = {}): Promise<Response> {
    return new Promise((resolve, reject) => {
      const pending = { request, resolve, reject, signal: options.signal, timeout: options.timeout };
      (options.urgent === true ? this.#urgent : this.#waiting).push(pending);
      this.#next();
    });
  }

  #next(): void {
    if (this.#running !== null && (this.#options.ahead !== true || this.#ahead !== null)) return;
    const pending = this.#urgent.shift() ?? this.#waiting.shift();
    if (pending === undefined) {
      if (this.#running === null) this.#restLater();
      return;
    }
    clearTimeout(this.#resting ?? undefined);
    if (this.#closed || pending.signal?.aborted === true) {
      pending.reject(pending.signal?.aborted === true ? abortError() : new Error('thread closed'));
      this.#next();
      return;
    }
    const sent: Running<Request, Response> = { id: this.#nextId++, pending };
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id: sent.id, request: pending.request });
    if (this.#running !== null) {
      this.#ahead = sent;
      return;
    }
    this.#begin(sent);
    this.#next();
  }

  #begin(running: Running<Request, Response>): void {
    this.#running = running;
    const { timeout } = running.pending;
    if (timeout === undefined) return;
    const error = new ThreadTimeoutError(`no answer within ${timeout} ms`);
    running.timer = setTimeout(() => this.#lose(error), timeout);
  }

  #restLater(): void {
    const { restAfter } = this.#options;
    if (restAfter === undefined || this.#worker === null) return;
    clearTimeout(this.#resting ?? undefined);
    this.#resting = setTimeout(() => {
      const worker = this.#worker;
      // The worker is given up before it ends, so that its end is no failure. It ends by itself, because
      // native objects must be released first.
      this.#worker = null;
      worker?.postMessage(REST);
      worker?.unref();
    }, restAfter);
    this.#resting.unref();
  }

  #start(): Worker {
    const worker = new Worker(this.#file, {
      workerData: this.#data,
      resourceLimits: this.#options.limits ?? {},
    });
    worker.on('message', (answer: Answer) => this.#answered(answer));
    // An error and the exit that follows it count as one event; a worker that was given up counts as none.
    const lost = (error: Error): void => {
      if (this.#worker === worker) this.#lose(error);
    };
    worker.on('error', lost);
    worker.on('exit', code => lost(new Error(`thread ended with code ${code}`)));
    return worker;
  }

  #answered(answer: Answer): void {
    const running = this.#running;
    if (running === null || answer.id !== running.id) return;
    clearTimeout(running.timer);
    const ahead = this.#ahead;
    this.#running = this.#ahead = null;
    if (ahead !== null) this.#begin(ahead);
    const { error } = answer;
    if (error === undefined) running.pending.resolve(answer.result as Response);
    else if (error.code !== undefined) running.pending.reject(new UserError(error.code, error.subject ?? ''));
    else running.pending.reject(new Error(error.message));
    this.#next();
  }

  /** Fails the request of a worker that is gone or hangs; the next request starts a new worker. */
  #lose(error: Error): void {
    const running = this.#running;
    const worker = this.#worker;
    // The worker's end says nothing about the request that it had not begun.
    if (this.#ahead !== null) this.#urgent.unshift(this.#ahead.pending);
    this.#worker = null;
    this.#running = this.#ahead = null;
    clearTimeout(running?.timer);
    void worker?.terminate();
    running?.pending.reject(error);
    this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#resting ?? undefined);
    const worker = this.#worker;
    this.#lose(new Error('thread closed'));
    await worker?.terminate();
  }
}

/**
 * The worker's side: answers each request with the result of `handle`, one after the other; `release` runs before the
 * worker ends for a rest.
 */
export function answerRequests<Request, Response>(
  handle: (request: Request) => Promise<Response>,
  release: () => Promise<void> = () => Promise.resolve(),
): void {
  const port = parentPort;
  if (port === null) throw new Error('not in a worker thread');
  let last: Promise<unknown> = Promise.resolve();
  port.on('message', (received: typeof REST | { id: number; request: Request }) => {
    if (received === REST) {
      void last.then(release).finally(() => port.close());
      return;
    }
    const { id, request } = received;
    last = last
      .then(() => handle(request))
      .then(
        result => port.postMessage({ id, result } satisfies Answer),
        (error: unknown) => {
          const known = error instanceof UserError ? { code: error.code, subject: error.subject } : {};
          const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
          port.postMessage({ id, error: { message, ...known } } satisfies Answer);
        },
      );
  });
}
