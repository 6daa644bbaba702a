/** A message with buttons that run something. */
import * as vscode from 'vscode';
import { inform, warn } from '../notices.ts';

export interface Offer {
  readonly label: string;
  readonly run: () => unknown;
}

export async function offer(
  kind: 'information' | 'warning',
  message: string,
  offers: readonly Offer[],
): Promise<void> {
  const labels = offers.map(each => each.label);
  const chosen = await (kind === 'information' ? inform(message, ...labels) : warn(message, ...labels));
  await offers.find(each => each.label === chosen)?.run();
}

/** Asks with a modal dialog, whose text is plain and where nothing may happen without a yes. */
export async function confirmed(
  kind: 'information' | 'warning',
  message: string,
  detail: string,
  yes: string,
): Promise<boolean> {
  const options = { modal: true, detail };
  const chosen = await (kind === 'information'
    ? vscode.window.showInformationMessage(message, options, yes)
    : vscode.window.showWarningMessage(message, options, yes));
  return chosen === yes;
}
