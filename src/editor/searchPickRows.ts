/** The rows of the search box that are not hits: before, without and instead of an answer. */
import * as vscode from 'vscode';
import type { Channel, EngineStatus } from '../protocol.ts';
import { commands } from './commands.ts';
import { LocalisedError } from './errors.ts';
import type { PickItem } from './quickPickItems.ts';
import { actionItem, noteItem, queryItem, separator } from './quickPickItems.ts';
import { oneLine } from './hitText.ts';
import type { Searched } from './searcher.ts';
import { activityText } from './statusText.ts';
import { formatNumber, translate } from './localised.ts';

/** Words in one line. */
const MOST_REWRITINGS = 6;

export function recentRows(queries: readonly string[]): readonly PickItem[] {
  if (queries.length > 0) return [separator(vscode.l10n.t('Recent searches')), ...queries.map(queryItem)];
  return [
    noteItem(
      'lightbulb',
      vscode.l10n.t('Ask as you would ask a colleague'),
      vscode.l10n.t('For example: “How many days ahead do I ask for leave?”'),
    ),
  ];
}

/** What words were also looked for as: a line above the hits. */
export function rewritingRows({ result: { rewritings } }: Searched): readonly PickItem[] {
  if (rewritings.length === 0) return [];
  const words = [...new Set(rewritings.map(({ to }) => oneLine(to)))].slice(0, MOST_REWRITINGS);
  return [separator(vscode.l10n.t('Also looked for: {0}', words.join(', ')))];
}

/** Nothing found: what was tried, and what to do next. */
export function nothingRows(
  searched: Searched,
  status: EngineStatus | null,
  switchTo: (channel: Channel) => void,
): readonly PickItem[] {
  const rows: PickItem[] = [
    noteItem('circle-slash', vscode.l10n.t('Nothing found'), vscode.l10n.t('Try other words, or fewer.')),
  ];
  if (searched.result.notice !== null) rows.push(noteItem('info', searched.result.notice));
  if (status !== null && status.activity !== 'idle') {
    rows.push(
      noteItem(
        'sync',
        activityText(status, translate, formatNumber),
        vscode.l10n.t('Documents that are not read yet can’t be found yet.'),
      ),
    );
  }
  if (searched.channel !== 'hybrid') {
    const widen = vscode.l10n.t('Search by Meaning and Letters');
    rows.push(actionItem('sparkle', widen, () => switchTo('hybrid'), { stays: true }));
  }
  rows.push(
    actionItem('checklist', vscode.l10n.t('Show the Index Report'), run(commands.showLedger), {
      detail: vscode.l10n.t('Which files are searched, and why the others are not'),
    }),
  );
  return rows;
}

export function failureRows(error: unknown, message: string): readonly PickItem[] {
  if (error instanceof LocalisedError) return [noteItem('warning', message)];
  return [
    noteItem('error', message),
    actionItem('debug-restart', vscode.l10n.t('Restart the Engine'), run(commands.restartEngine)),
    actionItem('output', vscode.l10n.t('Show Log'), run(commands.showLog)),
  ];
}

function run(command: string): () => void {
  return () => void vscode.commands.executeCommand(command);
}
