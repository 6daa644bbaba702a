/** `색인 현황`: every file with its state and reason, failed ones first; filtered by typing, opened by Enter. */
import * as vscode from 'vscode';
import type { FileState, LedgerEntry } from '../../domain/ledger.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';
import type { ErrorReporter } from '../errors.ts';
import { labelText, oneLine } from '../results/hitText.ts';
import { fileUri, folderName } from '../documents/hitUri.ts';
import { explanation, ledgerSections, stateIcon, stateTitle, type LedgerWording } from './ledgerText.ts';
import { formatNumber, sayHere, translate } from '../localised.ts';

const WORDING: LedgerWording = { t: translate, say: sayHere, number: formatNumber };

interface LedgerItem extends vscode.QuickPickItem {
  readonly entry?: LedgerEntry;
}

/** Maximum number of rows with which a list still scrolls well; the document behind the button has them all. */
const MOST_ROWS = 3000;

export async function showLedger(client: EngineClient, errors: ErrorReporter): Promise<void> {
  const pick = vscode.window.createQuickPick<LedgerItem>();
  pick.title = vscode.l10n.t('Malmoi — Index Report');
  pick.placeholder = vscode.l10n.t('Type a part of a file’s name or a reason');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const asDocument: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('go-to-file'),
    tooltip: vscode.l10n.t('Open as a Document'),
  };
  pick.buttons = [asDocument];
  pick.show();
  pick.onDidHide(() => pick.dispose());
  pick.onDidAccept(() => {
    const entry = pick.activeItems[0]?.entry;
    if (entry === undefined) return;
    pick.hide();
    void errors.guard('ledger', () =>
      vscode.commands.executeCommand('vscode.open', fileUri(entry.folder, entry.path)),
    );
  });
  const entries = await client.ledger().catch((error: unknown) => {
    pick.hide();
    throw error;
  });
  pick.onDidTriggerButton(() => {
    pick.hide();
    void errors.guard('ledger', () => LedgerDocument.open());
  });
  pick.items = ledgerItems(entries);
  pick.busy = false;
}

function ledgerItems(entries: readonly LedgerEntry[]): readonly LedgerItem[] {
  if (entries.length === 0) {
    return [{ label: `$(info) ${vscode.l10n.t('No readable file in the open folders')}`, alwaysShow: true }];
  }
  const items: LedgerItem[] = [];
  for (const { state, entries: rows } of ledgerSections(entries)) {
    items.push({
      kind: vscode.QuickPickItemKind.Separator,
      label: sectionTitle(state, rows.length),
    });
    for (const entry of rows) if (items.length < MOST_ROWS) items.push(ledgerItem(entry));
  }
  return items;
}

function sectionTitle(state: FileState, count: number): string {
  return vscode.l10n.t('{0}: {1}', stateTitle(state, WORDING), formatNumber(count));
}

function ledgerItem(entry: LedgerEntry): LedgerItem {
  return {
    entry,
    label: `$(${stateIcon(entry.state)}) ${labelText(shownPath(entry))}`,
    description: explanation(entry, WORDING),
    // An error's message helps to mend it; other details are worded, or of use to nobody but the reader's author.
    ...(entry.detail !== null && entry.state === 'failed' ? { detail: labelText(entry.detail) } : {}),
  };
}

function shownPath(entry: LedgerEntry): string {
  const name = folderName(entry.folder);
  return name === null ? entry.path : `${name}/${entry.path}`;
}

/** The whole ledger as tab-separated text, read-only, for a search or a bug report. */
export class LedgerDocument implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'malmoi-ledger';
  readonly #client: EngineClient;

  constructor(client: EngineClient) {
    this.#client = client;
  }

  async provideTextDocumentContent(): Promise<string> {
    return ledgerSections(await this.#client.ledger())
      .flatMap(({ state, entries }) => [
        `# ${sectionTitle(state, entries.length)}`,
        ...entries.map(entry =>
          [oneLine(shownPath(entry)), explanation(entry, WORDING), oneLine(entry.detail ?? '')]
            .join('\t')
            .trimEnd(),
        ),
        '',
      ])
      .join('\n');
  }

  static async open(): Promise<void> {
    // The query part makes each opening a new document, so that it shows the current ledger.
    const uri = vscode.Uri.from({
      scheme: LedgerDocument.scheme,
      path: `${vscode.l10n.t('Malmoi Index Report')}.txt`,
      query: Date.now().toString(),
    });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  }
}
