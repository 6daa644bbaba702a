/** The file that a command is about, and the ways to open it. */
import * as vscode from 'vscode';
import type { DocumentRequest } from '../../domain/document.ts';
import { teamOfFolder } from '../../domain/team/team.ts';
import { LocalisedError } from '../errors.ts';
import { hitOf, placeOfNode } from './commandArguments.ts';
import { addressOf, documentUri, sourceOf } from './documentUri.ts';
import { fileInFolder } from './fileInFolder.ts';
import { fileUri } from './hitUri.ts';
import { openOriginal } from './openOriginal.ts';

export function editorInFront(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new LocalisedError(vscode.l10n.t('Open a document first.'));
  return editor;
}

export function wordAtCursor(): string {
  const editor = editorInFront();
  const range = editor.document.getWordRangeAtPosition(editor.selection.active);
  return range === undefined ? '' : editor.document.getText(range);
}

/** The file that a command is about: a result, a file of the explorer, or the active document. */
export function fileOf(argument: unknown): DocumentRequest | undefined {
  const place = placeOfNode(argument);
  if (place !== undefined) return place;
  const uri = argument instanceof vscode.Uri ? argument : uriInFront();
  const folder = uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(uri);
  if (uri === undefined || folder === undefined)
    return uri === undefined ? undefined : (sourceOf(uri) ?? undefined);
  return { folder: folder.uri.fsPath, file: fileInFolder(folder.uri.path, uri.path) };
}

function uriInFront(): vscode.Uri | undefined {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  return vscode.window.activeTextEditor?.document.uri;
}

export async function openAsText(argument: unknown): Promise<void> {
  const source = fileOf(argument);
  if (source === undefined) throw new LocalisedError(vscode.l10n.t('Open a document first.'));
  const document = await vscode.workspace.openTextDocument(documentUri(source.folder, source.file));
  await vscode.window.showTextDocument(document, { preview: true });
}

function noOriginal(): LocalisedError {
  return new LocalisedError(
    vscode.l10n.t(
      'This document is on the team’s server alone. Name its folder on this computer (“folders”) or an address (“link”) in the setting malmoi.team.servers to open the original.',
    ),
  );
}

/** The address of a team's document, from the hit or from the document that shows it. */
function linkOf(argument: unknown): string | null {
  const { origin } = hitOf(argument) ?? {};
  const uri = argument instanceof vscode.Uri ? argument : uriInFront();
  return origin?.link ?? (uri === undefined ? null : addressOf(uri));
}

export async function openFileOriginal(argument: unknown): Promise<void> {
  const source = fileOf(argument);
  if (source === undefined) throw new LocalisedError(vscode.l10n.t('Open a document first.'));
  const link = linkOf(argument);
  if (link !== null) await vscode.env.openExternal(vscode.Uri.parse(link, true));
  else if (teamOfFolder(source.folder) !== null) throw noOriginal();
  else await openOriginal(fileUri(source.folder, source.file));
}

export function filePath(argument: unknown): string | undefined {
  const place = placeOfNode(argument);
  if (place === undefined) return undefined;
  const team = teamOfFolder(place.folder);
  if (team !== null) return hitOf(argument)?.origin?.link ?? `${team.source}/${place.file}`;
  return fileUri(place.folder, place.file).fsPath;
}
