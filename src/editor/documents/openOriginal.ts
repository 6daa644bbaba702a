/** "원본 열기": opens a file in the program that it was made with. */
import * as vscode from 'vscode';
import { isTextFile } from '../../text/fileFormats.ts';
import { viewTypeFor } from './customEditors.ts';

/** Uses an installed extension's editor for such files, or else the system's application. */
export async function openOriginal(uri: vscode.Uri): Promise<void> {
  if (isTextFile(uri.path)) {
    await vscode.commands.executeCommand('vscode.open', uri);
    return;
  }
  const manifests = vscode.extensions.all.map(extension => extension.packageJSON as unknown);
  const viewType = viewTypeFor(uri.path, manifests);
  if (viewType !== null) await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
  else await vscode.env.openExternal(uri);
}
