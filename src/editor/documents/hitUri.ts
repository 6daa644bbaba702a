import * as vscode from 'vscode';

/** The file of a hit or a ledger row. `path` is `/`-separated and relative to the folder. */
export function fileUri(folder: string, path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(folder), ...path.split('/'));
}

/** The workspace folder's name, or null where only one is open and its name tells nothing. */
export function folderName(folder: string): string | null {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2) return null;
  return folders.find(each => each.uri.fsPath === folder)?.name ?? null;
}
