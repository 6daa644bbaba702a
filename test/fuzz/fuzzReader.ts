/** A thread that reads damaged files under limits; the next file gets a new one after a hang or a crash. */
import { Worker } from 'node:worker_threads';
import { READER_LIMITS } from '../../src/readers/readerThread.ts';
import type { FuzzAnswer, FuzzRequest } from './readerWorker.ts';

export class FuzzReader {
  readonly #limit: number;
  #worker: Worker | null = null;

  /** `limit`: milliseconds a file. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  async read(request: FuzzRequest): Promise<FuzzAnswer> {
    this.#worker ??= new Worker(new URL('readerWorker.ts', import.meta.url), {
      resourceLimits: READER_LIMITS,
    });
    const worker = this.#worker;
    const said = await new Promise<FuzzAnswer>(resolve => {
      const timer = setTimeout(
        () => resolve({ outcome: 'hang', detail: `over ${this.#limit} ms` }),
        this.#limit,
      );
      const settle = (answer: FuzzAnswer): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      worker.removeAllListeners();
      worker.once('message', settle);
      worker.once('error', error => settle({ outcome: 'crash', detail: String(error) }));
      worker.once('exit', code => settle({ outcome: 'crash', detail: `exit ${code}` }));
      worker.postMessage(request);
    });
    if (said.outcome === 'hang' || said.outcome === 'crash') await this.close();
    return said;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    worker?.removeAllListeners();
    await worker?.terminate();
  }
}
