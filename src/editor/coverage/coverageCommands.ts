/** Commands of the coverage tree: filtering, exporting, and having a file read again. */
import * as vscode from 'vscode';
import type { FileState, LedgerEntry } from '../../domain/ledger.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';
import { fileUri } from '../documents/hitUri.ts';
import { saveAs } from '../export/saveAs.ts';
import { formatNumber } from '../localised.ts';
import { STATE_ORDER, stateIcon } from '../status/ledgerText.ts';
import { coverageAsCsv, coverageAsJson } from './coverageExport.ts';
import { byPath, EVERYTHING, reasonCounts, type CoverageFilter } from './coverageGroups.ts';
import { explained, filterText, reasonName, stateName } from './coverageText.ts';
import type { CoverageTree } from './coverageTree.ts';
import type { LedgerSource } from './ledgerSource.ts';

interface FilterItem extends vscode.QuickPickItem {
  readonly filter?: CoverageFilter;
}

/** Lets the person pick a state or a reason, or type a part of a name. */
export async function filterCoverage(tree: CoverageTree, source: LedgerSource): Promise<void> {
  const entries = source.entries ?? (await source.read());
  const pick = vscode.window.createQuickPick<FilterItem>();
  pick.title = vscode.l10n.t('Filter the Index Report');
  pick.placeholder = vscode.l10n.t('Type a part of a file’s name or a reason');
  const offered = filterItems(entries);
  const update = (): void => {
    const text = pick.value.trim();
    const typed = { ...EVERYTHING, text };
    const own: FilterItem = { label: `$(search) ${filterText(typed)}`, filter: typed, alwaysShow: true };
    pick.items = text === '' ? offered : [own, ...offered];
  };
  update();
  pick.onDidChangeValue(update);
  await new Promise<void>(resolve => {
    pick.onDidAccept(() => {
      const filter = pick.activeItems[0]?.filter;
      if (filter !== undefined) tree.show(filter);
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve();
    });
    pick.show();
  });
}

function filterItems(entries: readonly LedgerEntry[]): readonly FilterItem[] {
  const of = (state: FileState): number => entries.filter(entry => entry.state === state).length;
  return [
    {
      label: `$(list-flat) ${vscode.l10n.t('All files')}`,
      description: formatNumber(entries.length),
      filter: EVERYTHING,
    },
    ...STATE_ORDER.filter(state => of(state) > 0).map(state => ({
      label: `$(${stateIcon(state)}) ${stateName(state)}`,
      description: formatNumber(of(state)),
      filter: { ...EVERYTHING, state },
    })),
    { kind: vscode.QuickPickItemKind.Separator, label: vscode.l10n.t('Reasons') },
    ...reasonCounts(entries).map(([reason, count]) => ({
      label: reasonName(reason),
      description: formatNumber(count),
      filter: { ...EVERYTHING, reason },
    })),
  ];
}

/** Exports the files that the filter lets through: as CSV for people, as JSON for programs. */
export async function exportCoverage(tree: CoverageTree, source: LedgerSource): Promise<void> {
  await source.read();
  const entries = byPath(tree.shown);
  await saveAs(vscode.l10n.t('index report'), {
    csv: () =>
      coverageAsCsv(entries, {
        header: [
          vscode.l10n.t('Folder'),
          vscode.l10n.t('File'),
          vscode.l10n.t('State'),
          vscode.l10n.t('Reason'),
          vscode.l10n.t('Passages'),
          vscode.l10n.t('Modified'),
          vscode.l10n.t('Detail'),
        ],
        state: entry => stateName(entry.state),
        reason: explained,
      }),
    json: () => coverageAsJson(entries),
  });
}

/** Has files read again, before all others. */
export function retryFiles(client: Pick<EngineClient, 'filesChanged'>, nodes: readonly unknown[]): void {
  const paths = nodes.flatMap(entriesOf).map(({ folder, path }) => fileUri(folder, path).fsPath);
  if (paths.length === 0) return;
  client.filesChanged(paths);
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('Files that are read again: {0}', formatNumber(paths.length)),
    SHOWN,
  );
}

/** Milliseconds. */
const SHOWN = 4_000;

/** Arguments of a command come from anywhere. */
function entriesOf(node: unknown): readonly LedgerEntry[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('entry' in node) return [node.entry as LedgerEntry];
  return 'entries' in node && Array.isArray(node.entries) ? (node.entries as readonly LedgerEntry[]) : [];
}
