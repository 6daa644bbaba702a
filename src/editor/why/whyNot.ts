/**
 * The command "왜 안 나왔지?": it asks the engine about a file and a query, and shows the reasons with a way to fix them.
 */
import * as vscode from 'vscode';
import type { DocumentRequest } from '../../domain/document.ts';
import type { Engine } from '../../domain/engine.ts';
import type { Exclusion, Explanation } from '../../domain/explanation.ts';
import type { Hit } from '../../domain/hit.ts';
import { whyReasons } from '../../wording/whyReasons.ts';
import { fileInFolder } from '../documents/fileInFolder.ts';
import { fileUri } from '../documents/hitUri.ts';
import { sayHere } from '../localised.ts';
import { labelText, oneLine } from '../results/hitText.ts';
import type { Searched } from '../searchBox/searcher.ts';

export interface WhyPorts {
  readonly engine: Pick<Engine, 'explain'>;
  /** Resolves to the folders of the window, opened. */
  readonly folders: () => Promise<readonly string[]>;
  /** The last search. */
  readonly searched: () => Searched | null;
  readonly open: (hit: Hit, searched: Searched) => Promise<unknown>;
}

interface Row extends vscode.QuickPickItem {
  readonly run?: () => unknown;
}

/** Without `asked`, the person chooses a file of the open folders, and enters the query where none was searched for. */
export async function whyNot(
  ports: WhyPorts,
  asked: DocumentRequest | undefined,
  wanted: string | null,
): Promise<void> {
  const folders = await ports.folders();
  const searched = ports.searched();
  const query = wanted ?? searched?.query ?? (await askQuery());
  if (query === undefined || query === '') return;
  const source = asked ?? (await askFile(folders));
  if (source === undefined) return;
  const channel = searched?.channel ?? 'hybrid';
  const request = { ...source, folders, query, channel };
  const explanation = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Checking {0}', labelText(source.file)),
    },
    () => ports.engine.explain(request),
  );
  await show(ports, source, query, explanation);
}

async function askQuery(): Promise<string | undefined> {
  return vscode.window.showInputBox({ prompt: vscode.l10n.t('Which query should have found the file?') });
}

const MOST_FILES = 5_000;

async function askFile(folders: readonly string[]): Promise<DocumentRequest | undefined> {
  const found = await vscode.workspace.findFiles('**/*', null, MOST_FILES);
  const items = found.flatMap(uri => {
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (root === undefined || !folders.includes(root.fsPath)) return [];
    const file = fileInFolder(root.path, uri.path);
    return [{ label: labelText(file), source: { folder: root.fsPath, file } }];
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Which file is missing?'),
    matchOnDescription: true,
  });
  return chosen?.source;
}

async function show(
  ports: WhyPorts,
  source: DocumentRequest,
  query: string,
  explanation: Explanation,
): Promise<void> {
  const { exclusion, best } = explanation;
  const reasons = whyReasons(explanation, sayHere).map((reason): Row => {
    const run = exclusion === null ? undefined : wayTo(source.folder, exclusion);
    return { label: labelText(reason), alwaysShow: true, ...(run === undefined ? {} : { run }) };
  });
  const rows: Row[] = [...reasons];
  const searched = ports.searched();
  if (best !== null && searched !== null)
    rows.push({
      label: `$(go-to-file) ${vscode.l10n.t('Open Its Best Passage')}`,
      detail: labelText(best.text.slice(0, 200)),
      alwaysShow: true,
      run: () => ports.open(best, searched),
    });
  const chosen = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Why is it missing? {0}', oneLine(source.file)),
    placeHolder: oneLine(query),
  });
  await chosen?.run?.();
}

/** Opens the line or the setting that leaves a file out. */
function wayTo(folder: string, exclusion: Exclusion): (() => unknown) | undefined {
  if (exclusion.by === 'rule') {
    const at = new vscode.Position(exclusion.line - 1, 0);
    const selection = new vscode.Range(at, at);
    return () => vscode.window.showTextDocument(fileUri(folder, exclusion.file), { selection });
  }
  if (exclusion.by === 'hidden') return undefined;
  const setting = exclusion.by === 'include' ? 'malmoi.include' : 'malmoi.exclude';
  return () => vscode.commands.executeCommand('workbench.action.openSettings', setting);
}
