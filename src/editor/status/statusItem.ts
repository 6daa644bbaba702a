/** The entry in the status bar. */
import * as vscode from 'vscode';
import { commands } from '../commands.ts';
import type { Folders } from '../folders.ts';
import { lastPart } from '../models/hubAddress.ts';
import { formatNumber, translate, wording } from '../localised.ts';
import { jobText, switchText } from '../models/modelJobText.ts';
import { oneLine } from '../results/hitText.ts';
import type { StatusSource } from './statusSource.ts';
import { restingLook, statusLook, timeLeftText } from './statusText.ts';

/**
 * Milliseconds for which a tooltip stays: a changed one is drawn again and fades in, so at every status nobody could
 * read it.
 */
const TOOLTIP_REST = 3000;

export class StatusItem implements vscode.Disposable {
  readonly #source: StatusSource;
  readonly #folders: Folders;
  readonly #item = vscode.window.createStatusBarItem('malmoi.status', vscode.StatusBarAlignment.Right, 90);
  readonly #subscription: vscode.Disposable;

  #tooltipSince = -Infinity;
  #later: NodeJS.Timeout | undefined;

  constructor(source: StatusSource, folders: Folders) {
    this.#source = source;
    this.#folders = folders;
    this.#item.name = vscode.l10n.t('Malmoi');
    this.#item.command = commands.statusMenu;
    this.#subscription = vscode.Disposable.from(
      source.onDidChange(() => this.update()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.update()),
    );
    this.update();
  }

  get text(): string {
    return this.#item.text;
  }

  update(): void {
    const { value } = this.#source;
    const busy = value !== null && (value.job !== null || value.switching !== null);
    if (this.#folders.wanted.length === 0 && !busy) {
      this.#item.hide();
      return;
    }
    this.#item.show();
    const look =
      this.#folders.asked || busy
        ? statusLook(this.#source.value, this.#source.connection, translate, formatNumber)
        : restingLook(translate);
    this.#item.text = `$(${look.icon}) ${look.text}`;
    this.#item.accessibilityInformation = { label: look.text };
    this.#item.backgroundColor =
      look.severity === 'normal'
        ? undefined
        : new vscode.ThemeColor(`statusBarItem.${look.severity}Background`);
    this.#updateTooltip();
  }

  #updateTooltip(): void {
    const text = this.#tooltip();
    if (text === this.#item.tooltip) return;
    const wait = this.#tooltipSince + TOOLTIP_REST - performance.now();
    if (wait <= 0) {
      this.#item.tooltip = text;
      this.#tooltipSince = performance.now();
      return;
    }
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      this.#updateTooltip();
    }, wait);
  }

  /** Plain text, because a problem's message may name a file. */
  #tooltip(): string {
    const { value: status, connection } = this.#source;
    const lines: string[] = [];
    if (connection.state === 'failed') lines.push(connection.message);
    if (status !== null) {
      const left = timeLeftText(status, translate);
      if (left !== null) lines.push(left);
      if (status.resting === 'battery')
        lines.push(
          vscode.l10n.t('On the battery, no meaning is added. What is read is found by its letters.'),
        );
      else if (status.current !== undefined) lines.push(vscode.l10n.t('Now: {0}', oneLine(status.current)));
      if (status.problem !== null) lines.push(status.problem);
      if (status.switching !== null) {
        lines.push(switchText(status.switching, wording));
        lines.push(vscode.l10n.t('Until then, searches use the current model.'));
      }
      if (status.job !== null) {
        lines.push(vscode.l10n.t('Model {0}: {1}', lastPart(status.job.name), jobText(status.job, wording)));
      }
      lines.push(
        vscode.l10n.t(
          'Documents: {0}, passages: {1}',
          formatNumber(status.documents),
          formatNumber(status.passages),
        ),
      );
      lines.push(
        vscode.l10n.t(
          'Files indexed: {0}, waiting: {1}, excluded: {2}, failed: {3}',
          formatNumber(status.documents),
          formatNumber(status.total - status.done),
          formatNumber(status.skipped),
          formatNumber(status.failed),
        ),
      );
      if (status.model !== null) lines.push(vscode.l10n.t('Model: {0}', status.model.name));
    }
    lines.push(vscode.l10n.t('Click for search, pause, models and the index report.'));
    return lines.join('\n');
  }

  dispose(): void {
    clearTimeout(this.#later);
    this.#subscription.dispose();
    this.#item.dispose();
  }
}
