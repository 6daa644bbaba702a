/** The menu behind the status bar's entry. */
import * as vscode from 'vscode';
import type { CommandId } from '../commands.ts';
import { commands } from '../commands.ts';
import { formatNumber, translate, wording } from '../localised.ts';
import { jobText, switchText } from '../models/modelJobText.ts';
import type { StatusSource } from './statusSource.ts';
import { activityText, timeLeftText } from './statusText.ts';

interface MenuItem extends vscode.QuickPickItem {
  readonly command: CommandId;
}

export async function showStatusMenu(source: StatusSource): Promise<void> {
  const { value: status, connection } = source;
  const failed = connection.state === 'failed' || status?.activity === 'failed';
  const paused = status?.activity === 'paused';
  const items: MenuItem[] = [
    menuItem('search', vscode.l10n.t('Search'), commands.search),
    ...(failed
      ? [menuItem('debug-restart', vscode.l10n.t('Restart the Engine'), commands.restartEngine)]
      : []),
    paused
      ? menuItem('play', vscode.l10n.t('Resume Indexing'), commands.resume)
      : menuItem('debug-pause', vscode.l10n.t('Pause Indexing'), commands.pause),
    menuItem('arrow-swap', vscode.l10n.t('Choose a Model …'), commands.chooseModel, status?.model?.name),
    ...underWay(source),
    menuItem('checklist', vscode.l10n.t('Show the Index Report'), commands.showLedger, ledgerHint(source)),
    menuItem('refresh', vscode.l10n.t('Rebuild the Index'), commands.rebuild),
    menuItem('output', vscode.l10n.t('Show Log'), commands.showLog),
    menuItem('gear', vscode.l10n.t('Settings'), commands.openSettings),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: titleOf(source),
    placeHolder: vscode.l10n.t('Choose an action'),
  });
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
}

function menuItem(icon: string, label: string, command: CommandId, description?: string): MenuItem {
  return { label: `$(${icon}) ${label}`, command, ...(description === undefined ? {} : { description }) };
}

/** Items that stop, pause or resume work under way. */
function underWay({ value: status }: StatusSource): readonly MenuItem[] {
  const items: MenuItem[] = [];
  if (status !== null && status.switching !== null)
    items.push(
      menuItem(
        'close',
        vscode.l10n.t('Stop Changing the Model'),
        commands.cancelModelSwitch,
        switchText(status.switching, wording),
      ),
    );
  if (status !== null && status.job !== null) {
    const stop =
      status.job.kind === 'download' ? vscode.l10n.t('Stop the Download') : vscode.l10n.t('Stop the Import');
    items.push(menuItem('close', stop, commands.cancelModelJob, jobText(status.job, wording)));
  }
  return items;
}

function titleOf({ value: status, connection }: StatusSource): string {
  if (connection.state === 'failed') return vscode.l10n.t('Malmoi: engine stopped');
  if (status === null) return vscode.l10n.t('Malmoi is starting');
  const activity = activityText(status, translate, formatNumber);
  const left = timeLeftText(status, translate);
  return left === null
    ? vscode.l10n.t('Malmoi — {0}', activity)
    : vscode.l10n.t('Malmoi — {0} — {1}', activity, left);
}

function ledgerHint({ value: status }: StatusSource): string | undefined {
  if (status === null) return undefined;
  return vscode.l10n.t(
    'indexed {0}, left out {1}, failed {2}',
    formatNumber(status.documents),
    formatNumber(status.skipped),
    formatNumber(status.failed),
  );
}
