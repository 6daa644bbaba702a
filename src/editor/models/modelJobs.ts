/** Installs one model at a time: it shows progress with a way to stop, and offers the next step. */
import * as vscode from 'vscode';
import type { ModelJob } from '../../domain/engineStatus.ts';
import { commands } from '../commands.ts';
import type { ErrorReporter } from '../errors.ts';
import { isAbort } from '../../threads/abort.ts';
import { wording } from '../localised.ts';
import { jobText, jobTitle } from './modelJobText.ts';
import { jobShare } from './modelProgress.ts';
import type { ModelService } from './modelService.ts';
import { offer } from './offer.ts';
import type { StatusSource } from '../status/statusSource.ts';
import { inform } from '../notices.ts';
import { noticeText } from '../results/hitText.ts';

export interface ModelJobRequest extends Pick<ModelJob, 'kind' | 'name'> {
  readonly work: (signal: AbortSignal) => Promise<{ readonly name: string }>;
  readonly installed: (name: string) => Promise<void>;
  /** Starts over, for the button of a failure. */
  readonly again: () => unknown;
}

export class ModelJobs {
  readonly #service: ModelService;
  readonly #status: StatusSource;
  readonly #errors: ErrorReporter;

  constructor(service: ModelService, status: StatusSource, errors: ErrorReporter) {
    this.#service = service;
    this.#status = status;
    this.#errors = errors;
  }

  get running(): ModelJob | null {
    return this.#status.value?.job ?? null;
  }

  /** Whether no job runs; where one does, in this or another window, it tells the user. */
  async free(): Promise<boolean> {
    const job = this.running;
    if (job === null) return true;
    const message = vscode.l10n.t(
      'Malmoi is already installing another model ({0}). Wait until it is done, or stop it.',
      job.name,
    );
    await offer('information', message, [
      { label: vscode.l10n.t('Show Progress'), run: () => this.show() },
      { label: stopLabel(job), run: () => this.cancel() },
    ]);
    return false;
  }

  async run(request: ModelJobRequest): Promise<void> {
    const abort = new AbortController();
    let name: string;
    try {
      name = await this.#withProgress(
        request,
        () => abort.abort(),
        async () => (await request.work(abort.signal)).name,
      );
    } catch (error) {
      await this.#failed(request, error);
      return;
    }
    await request.installed(name);
  }

  /** Shows the progress of a job that runs already, in this window or another. */
  async show(): Promise<void> {
    const job = this.running;
    if (job === null) return this.#nothingRuns();
    await this.#withProgress(
      job,
      () => void this.#errors.guard('models', () => this.cancel()),
      () => this.#ended(),
    );
  }

  async cancel(): Promise<void> {
    if (this.running === null) return this.#nothingRuns();
    await this.#service.cancelModelJob();
  }

  #nothingRuns(): void {
    void inform(vscode.l10n.t('No model is being downloaded or imported.'));
  }

  #ended(): Promise<void> {
    return new Promise(resolve => {
      const subscription = this.#status.onDidChange(() => {
        if (this.running !== null && this.#status.connection.state === 'ready') return;
        subscription.dispose();
        resolve();
      });
    });
  }

  async #withProgress<T>(
    job: Pick<ModelJob, 'kind' | 'name'>,
    cancel: () => void,
    work: () => Promise<T>,
  ): Promise<T> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: noticeText(jobTitle(job, wording)),
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (progress, token) => {
      let reported = 0;
      const report = (): void => {
        const now = this.running;
        if (now === null) return;
        const share = jobShare(now) * 100;
        progress.report({ message: jobText(now, wording), increment: Math.max(0, share - reported) });
        reported = Math.max(reported, share);
      };
      const subscriptions = vscode.Disposable.from(
        token.onCancellationRequested(cancel),
        this.#status.onDidChange(report),
      );
      report();
      try {
        return await work();
      } finally {
        subscriptions.dispose();
      }
    });
  }

  async #failed({ kind, again }: ModelJobRequest, error: unknown): Promise<void> {
    if (isAbort(error)) {
      void inform(
        kind === 'download'
          ? vscode.l10n.t('The download was stopped. It will resume from there next time.')
          : vscode.l10n.t('The import was stopped.'),
      );
      return;
    }
    await this.offerAgain(kind === 'download', error, again);
  }

  /** Reports an error and offers remedies. `network` means that the settings may be the cause. */
  async offerAgain(network: boolean, error: unknown, again: () => unknown): Promise<void> {
    if (isAbort(error)) return;
    await offer('warning', this.#errors.message('models', error), [
      { label: vscode.l10n.t('Try Again'), run: again },
      ...(network ? [{ label: vscode.l10n.t('Open Settings'), run: openNetworkSettings }] : []),
      {
        label: vscode.l10n.t('Show Log'),
        run: () => vscode.commands.executeCommand(commands.showLog),
      },
    ]);
  }
}

export function openNetworkSettings(): Thenable<unknown> {
  return vscode.commands.executeCommand(
    'workbench.action.openSettings',
    '@id:malmoi.modelMirror,http.proxy,http.noProxy,http.proxyStrictSSL',
  );
}

function stopLabel(job: ModelJob): string {
  return job.kind === 'download' ? vscode.l10n.t('Stop the Download') : vscode.l10n.t('Stop the Import');
}
