/** The one place that decides how a failure is shown. */
import * as vscode from 'vscode';
import { EngineUserError } from '../rpc/engineConnection.ts';
import { EngineGoneError } from '../rpc/engineClient.ts';
import { isAbort } from '../threads/abort.ts';
import { visibleLines } from '../text/visible.ts';
import { commands } from './commands.ts';
import { complain, warn } from './notices.ts';

/** A problem that the user can fix. The message is localised and says what to do. */
export class LocalisedError extends Error {
  override readonly name = 'LocalisedError';
}

export class ErrorReporter {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  /** Shows the error to the user, unless it is a cancellation. `place` names the code for the log. */
  show(place: string, error: unknown): void {
    if (isAbort(error)) return;
    const message = this.message(place, error);
    if (
      error instanceof LocalisedError ||
      error instanceof EngineUserError ||
      error instanceof EngineGoneError
    ) {
      void warn(message);
      return;
    }
    void this.#offerLog(message);
  }

  async #offerLog(message: string): Promise<void> {
    const showLog = vscode.l10n.t('Show Log');
    const choice = await complain(message, showLog);
    if (choice === showLog) await vscode.commands.executeCommand(commands.showLog);
  }

  /** The message for the user; a bug is logged with its stack. For surfaces that show errors themselves. */
  message(place: string, error: unknown): string {
    if (error instanceof LocalisedError || error instanceof EngineUserError) return error.message;
    if (error instanceof EngineGoneError) {
      return vscode.l10n.t('Malmoi’s engine stopped and is being started again. Try once more in a moment.');
    }
    this.log(place, error);
    return vscode.l10n.t('Something went wrong in Malmoi. The log has the details.');
  }

  /** Logs without showing: for background work whose failure changes nothing the user asked for. */
  log(place: string, error: unknown): void {
    if (isAbort(error)) return;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#log.error(visibleLines(`${place}: ${text}`));
  }

  /** Runs the work and shows the error that it throws. */
  async guard<T>(place: string, work: () => T | PromiseLike<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.show(place, error);
      return undefined;
    }
  }
}
