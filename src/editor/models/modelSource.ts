/** Asks where the model should come from. */
import os from 'node:os';
import * as vscode from 'vscode';
import { hubIdOf } from './hubAddress.ts';

/** A name on the hub, as the user writes or pastes it; null if they leave. */
export async function askForId(): Promise<string | null> {
  const written = await vscode.window.showInputBox({
    title: vscode.l10n.t('Malmoi — Download a Model'),
    prompt: vscode.l10n.t(
      'Name of a SPLADE model on Hugging Face. Size and licence are shown before anything is downloaded.',
    ),
    placeHolder: 'telepix/PIXIE-Splade-Preview',
    ignoreFocusOut: true,
    validateInput: value =>
      value.trim() === '' || hubIdOf(value) !== null
        ? null
        : vscode.l10n.t('Write it as owner/name, or paste the address of the model’s page.'),
  });
  return hubIdOf(written ?? '');
}

/** A path; not every system's dialog can offer files and folders at once. */
export async function askForSource(): Promise<string | null> {
  const items = [
    {
      label: `$(file-zip) ${vscode.l10n.t('Archive …')}`,
      detail: vscode.l10n.t(
        '.zip, .tar, .tar.gz, .tgz; of a split one any part, with all parts in one folder',
      ),
      folder: false,
    },
    {
      label: `$(folder) ${vscode.l10n.t('Folder …')}`,
      detail: vscode.l10n.t('With config.json, tokenizer.json and .safetensors, or with malmoi-model.json'),
      folder: true,
    },
  ];
  const title = vscode.l10n.t('Malmoi — Import a Model');
  const placeHolder = vscode.l10n.t('What contains the model?');
  const kind = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (kind === undefined) return null;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title,
      // The dialog would otherwise start in the folder of the documents.
      defaultUri: vscode.Uri.file(os.homedir()),
      openLabel: vscode.l10n.t('Import'),
      canSelectFiles: !kind.folder,
      canSelectFolders: kind.folder,
      ...(kind.folder
        ? {}
        : {
            filters: {
              [vscode.l10n.t('All files')]: ['*'],
              [vscode.l10n.t('Archives')]: ['zip', 'tar', 'tgz', 'gz', '001'],
            },
          }),
    })) ?? [];
  return chosen === undefined ? null : chosen.fsPath;
}
