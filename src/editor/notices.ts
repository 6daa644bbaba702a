/** The editor's notifications. Their text may have come from anywhere: a file's name, a server, a damaged model. */
import * as vscode from 'vscode';
import { noticeText } from './results/hitText.ts';

export function inform(message: string, ...items: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showInformationMessage(noticeText(message), ...items);
}

export function warn(message: string, ...items: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showWarningMessage(noticeText(message), ...items);
}

export function complain(message: string, ...items: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showErrorMessage(noticeText(message), ...items);
}
