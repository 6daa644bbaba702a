/** A notification for the first indexing of a workspace, if it takes more than a few seconds. */
import * as vscode from 'vscode';
import type { EngineStatus } from '../../domain/engineStatus.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';
import type { ErrorReporter } from '../errors.ts';
import { formatNumber, translate } from '../localised.ts';
import type { StatusSource } from './statusSource.ts';
import { stagesText, timeLeftText } from './statusText.ts';

/** Milliseconds: a shorter indexing shows only in the status bar. */
const PATIENCE = 3000;
const KEY = 'indexedBefore';

export class IndexingProgress implements vscode.Disposable {
  readonly #source: StatusSource;
  readonly #client: EngineClient;
  readonly #memento: vscode.Memento;
  readonly #errors: ErrorReporter;
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;
  #shown = false;

  constructor(source: StatusSource, client: EngineClient, memento: vscode.Memento, errors: ErrorReporter) {
    this.#source = source;
    this.#client = client;
    this.#memento = memento;
    this.#errors = errors;
    this.#subscription = source.onDidChange(() => this.#update());
  }

  #update(): void {
    const status = this.#source.value;
    if (status?.activity === 'idle' && status.documents > 0 && this.#memento.get(KEY) !== true) {
      void this.#memento.update(KEY, true);
    }
    if (status?.activity !== 'indexing') {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      return;
    }
    if (this.#timer !== undefined || this.#shown || this.#memento.get(KEY) === true) return;
    this.#timer = setTimeout(() => void this.#errors.guard('progress', () => this.#show()), PATIENCE);
  }

  async #show(): Promise<void> {
    this.#shown = true;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Malmoi is reading your documents'),
      cancellable: true,
    };
    await vscode.window.withProgress(options, async (progress, cancel) => {
      // Cancelling pauses the indexing; the status bar's menu resumes it.
      cancel.onCancellationRequested(() => void this.#errors.guard('pause', () => this.#client.pause()));
      let reported = 0;
      await this.#whileIndexing(cancel, status => {
        const share = status.total === 0 ? 0 : (status.done / status.total) * 100;
        progress.report({ message: countsText(status), increment: Math.max(0, share - reported) });
        reported = Math.max(reported, share);
      });
    });
  }

  /** Settles when the indexing ends or is cancelled. */
  #whileIndexing(cancel: vscode.CancellationToken, report: (status: EngineStatus) => void): Promise<void> {
    return new Promise(resolve => {
      const update = (): void => {
        const status = this.#source.value;
        if (status?.activity === 'indexing' && !cancel.isCancellationRequested) {
          report(status);
          return;
        }
        subscriptions.dispose();
        resolve();
      };
      const subscriptions = vscode.Disposable.from(
        this.#source.onDidChange(update),
        cancel.onCancellationRequested(update),
      );
      update();
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }
}

function countsText(status: EngineStatus): string {
  const left = timeLeftText(status, translate);
  const stages = stagesText(status, translate, formatNumber);
  return left === null
    ? vscode.l10n.t('{0}. You can search already.', stages)
    : vscode.l10n.t('{0}, {1}. You can search already.', stages, left);
}
