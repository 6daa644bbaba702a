/** Announces when the model that this window asked for answers, and maintains the context keys of jobs and changes. */
import * as vscode from 'vscode';
import { contextKeys } from '../commands.ts';
import type { StatusSource } from '../status/statusSource.ts';
import { inform } from '../notices.ts';

export class ModelChange implements vscode.Disposable {
  readonly #status: StatusSource;
  readonly #subscription: vscode.Disposable;
  #expected: string | null = null;
  #changing = false;
  #job = false;

  constructor(status: StatusSource) {
    this.#status = status;
    this.#subscription = status.onDidChange(() => this.#update());
  }

  /** null means that the user changed their mind. */
  expect(name: string | null): void {
    this.#expected = name;
  }

  #update(): void {
    const status = this.#status.value;
    if (status === null) return;
    const job = status.job !== null;
    const changing = status.switching !== null;
    if (job !== this.#job) setContext(contextKeys.modelJob, job);
    if (changing !== this.#changing) setContext(contextKeys.modelSwitch, changing);
    const ended = this.#changing && !changing;
    this.#job = job;
    this.#changing = changing;
    if (this.#expected === null || changing) return;
    const name = this.#expected;
    const answers = status.model?.name === name;
    // A change that ended without the model has failed: the status's `problem` has the reason.
    if (answers || ended) this.#expected = null;
    if (answers) void inform(vscode.l10n.t('Malmoi now searches with {0}.', name));
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
