/** Runs jobs that install a model: one at a time for all windows, each in a thread of its own. */
import path from 'node:path';
import type { InstallProgress, InstallRequest, InstallSource } from '../../model/store/installRequest.ts';
import type { ModelJob } from '../../domain/engineStatus.ts';
import type { ModelQuantisation } from '../../domain/models.ts';
import { refuseTelemetry } from '../../model/runtime/telemetry.ts';
import { runJob } from '../../threads/jobThread.ts';
import { UserError } from '../../errors/userError.ts';
import { encoderThreads } from '../indexing/encoderPlan.ts';

interface Running {
  readonly abort: AbortController;
  job: ModelJob;
  ended: Promise<unknown>;
}

export class ModelJobs {
  readonly #installer: string | URL;
  readonly #models: string;
  readonly #onProgress: () => void;
  #running: Running | null = null;

  /** `installer` is the built `model/store/worker.ts`; `models` the folder of the installed models. */
  constructor(installer: string | URL, models: string, onProgress: () => void) {
    this.#installer = installer;
    this.#models = models;
    this.#onProgress = onProgress;
  }

  get current(): ModelJob | null {
    return this.#running?.job ?? null;
  }

  /**
   * Resolves to the name of the installed model. Rejects with `UserError` (`modelJobRunning`, and the errors of
   * `downloadModel` and `importModel`) or `AbortError`.
   */
  async run(
    source: InstallSource,
    quantisation: ModelQuantisation,
    signal: AbortSignal,
  ): Promise<{ readonly name: string }> {
    if (this.#running !== null) throw new UserError('modelJobRunning', this.#running.job.name);
    const { kind } = source;
    const name = source.kind === 'download' ? source.id : path.basename(source.path);
    const start = { done: 0, total: 0, bytesPerSecond: null, secondsLeft: null };
    const abort = new AbortController();
    const running: Running = {
      abort,
      job: { kind, name, step: kind === 'download' ? 'download' : 'unpack', ...start },
      ended: Promise.resolve(),
    };
    this.#running = running;
    const cancel = (): void => abort.abort();
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      const request = { source, models: this.#models, quantisation, threads: encoderThreads() };
      refuseTelemetry();
      const ended = runJob<InstallRequest, InstallProgress, { readonly name: string }>(
        this.#installer,
        request,
        {
          signal: abort.signal,
          onProgress: progress => {
            const { bytesPerSecond = 0, secondsLeft = null } = progress.step === 'download' ? progress : {};
            const { step, done, total } = progress;
            running.job = {
              kind,
              name,
              step,
              done,
              total,
              bytesPerSecond: bytesPerSecond || null,
              secondsLeft,
            };
            this.#onProgress();
          },
        },
      );
      running.ended = ended;
      this.#onProgress();
      return await ended;
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#running = null;
      this.#onProgress();
    }
  }

  /** Cancels the job; its caller gets an `AbortError` once the job has cleaned up. */
  cancel(): void {
    this.#running?.abort.abort();
  }

  /** Cancels, and waits until the resumable part is saved. */
  async close(): Promise<void> {
    this.cancel();
    await this.#running?.ended.catch(() => undefined);
  }
}
