import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';

/** The file a hit or a ledger row speaks of. `path` is `/`-separated and relative to the folder. */
export function fileUri(folder: string, path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(folder), ...path.split('/'));
}

/** Where a hit is from, where that is worth saying: its team and source, or the workspace folder. */
export function originName({ folder, origin }: Pick<Hit, 'folder' | 'origin'>): string | null {
  return origin === undefined ? folderName(folder) : `${origin.team}: ${origin.source}`;
}

/** The workspace folder's name, where more than one is open; else null: it would say nothing. */
export function folderName(folder: string): string | null {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2) return null;
  return folders.find(each => each.uri.fsPath === folder)?.name ?? null;
}
