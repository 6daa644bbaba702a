/** Writes what is shown into a file that the person chooses; the ending of its name decides on the form. */
import * as vscode from 'vscode';
import { LocalisedError } from '../errors.ts';
import { inform } from '../notices.ts';

const NAMES: Readonly<Record<string, string>> = { md: 'Markdown', csv: 'CSV', json: 'JSON' };

/** `forms`: by extension, the first one offered first. */
export async function saveAs(name: string, forms: Readonly<Record<string, () => string>>): Promise<void> {
  const extensions = Object.keys(forms);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const fileName = `${name}.${extensions[0]!}`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export'),
    filters: Object.fromEntries(extensions.map(extension => [NAMES[extension] ?? extension, [extension]])),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
  });
  if (target === undefined) return;
  await writeAs(target, forms);
  const open = vscode.l10n.t('Open');
  const said = vscode.l10n.t('Exported to {0}', target.fsPath);
  if ((await inform(said, open)) === open) await vscode.commands.executeCommand('vscode.open', target);
}

/** Throws a `LocalisedError` where the name has no ending that is known. */
export async function writeAs(
  target: vscode.Uri,
  forms: Readonly<Record<string, () => string>>,
): Promise<void> {
  const make = forms[target.path.slice(target.path.lastIndexOf('.') + 1).toLowerCase()];
  if (make === undefined) {
    const known = Object.keys(forms)
      .map(extension => `.${extension}`)
      .join(', ');
    throw new LocalisedError(vscode.l10n.t('Give the file a name that ends in one of these: {0}', known));
  }
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(make()));
}
