/** `이 폴더 먼저 색인하기`: what is in a folder is found before all else, by its letters and by its meaning. */
import * as vscode from 'vscode';
import type { EngineClient } from '../../rpc/engineClient.ts';
import { LocalisedError } from '../errors.ts';
import type { Folders } from '../folders.ts';

/** `argument`: a folder of the explorer; from the command palette a person chooses one. */
export async function indexFirst(client: EngineClient, folders: Folders, argument: unknown): Promise<void> {
  const paths = await folders.opened();
  const uri = argument instanceof vscode.Uri ? argument : await chosenFolder(paths[0]);
  if (uri === undefined) return;
  if (uri.scheme !== 'file' || vscode.workspace.getWorkspaceFolder(uri) === undefined)
    throw new LocalisedError(vscode.l10n.t('Choose a folder that is open in this window.'));
  client.prefer({ path: uri.fsPath, direct: false });
  const name = vscode.workspace.asRelativePath(uri);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Malmoi: “{0}” comes first', name), 4_000);
}

async function chosenFolder(first: string | undefined): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const start =
    active?.scheme === 'file'
      ? vscode.Uri.joinPath(active, '..')
      : first === undefined
        ? undefined
        : vscode.Uri.file(first);
  const chosen = await vscode.window.showOpenDialog({
    canSelectFolders: true,
    canSelectFiles: false,
    openLabel: vscode.l10n.t('Index First'),
    ...(start === undefined ? {} : { defaultUri: start }),
  });
  return chosen?.[0];
}
