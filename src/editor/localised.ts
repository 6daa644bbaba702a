/** The window's language, for the parts that don't import `vscode`. */
import * as vscode from 'vscode';
import type { Translate } from './translate.ts';

export const translate: Translate = (message, ...args) => vscode.l10n.t(message, ...args);

export function formatNumber(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
