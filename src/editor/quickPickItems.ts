/** The kinds of row in the search box. */
import * as vscode from 'vscode';
import type { Hit } from '../protocol.ts';
import { oneLine, placeOf, titleOf, trailOf, withoutIcons } from './hitText.ts';
import { folderName } from './hitUri.ts';
import type { Searched } from './searcher.ts';
import { snippetOf } from './snippet.ts';

export type PickItem = vscode.QuickPickItem &
  (
    | { readonly is: 'hit'; readonly hit: Hit; readonly searched: Searched }
    | { readonly is: 'query'; readonly query: string }
    /** `stays`: the box stays open when it is chosen. */
    | { readonly is: 'action'; readonly run: () => void; readonly stays: boolean }
    | { readonly is: 'note' }
  );

/** The snippet's window in half-width columns; the row cuts what doesn't fit. */
const SNIPPET_WIDTH = 200;

/** `alwaysShow`: the engine decides what matches, not the editor's filter. */
export function hitItem(hit: Hit, searched: Searched): PickItem {
  const place = placeOf(hit, folderName(hit.folder));
  const trail = trailOf(hit);
  return {
    is: 'hit',
    hit,
    searched,
    label: withoutIcons(titleOf(hit)),
    description: withoutIcons(trail === '' ? place : `${place} — ${trail}`),
    detail: withoutIcons(snippetOf(hit, SNIPPET_WIDTH).text),
    alwaysShow: true,
    buttons: hitButtons(),
  };
}

/** In the order of `HIT_ACTIONS`. */
function hitButtons(): vscode.QuickInputButton[] {
  return [
    { iconPath: new vscode.ThemeIcon('thumbsup'), tooltip: vscode.l10n.t('This Result Is Right') },
    { iconPath: new vscode.ThemeIcon('thumbsdown'), tooltip: vscode.l10n.t('This Result Is Wrong') },
    { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: vscode.l10n.t('Open to the Side') },
  ];
}

/** What the buttons of a hit do. */
export const HIT_ACTIONS = ['right', 'wrong', 'openToSide'] as const;

export function queryItem(query: string): PickItem {
  return {
    is: 'query',
    query,
    label: `$(history) ${withoutIcons(oneLine(query))}`,
    alwaysShow: true,
    buttons: [
      { iconPath: new vscode.ThemeIcon('close'), tooltip: vscode.l10n.t('Remove from Recent Searches') },
    ],
  };
}

export function actionItem(
  icon: string,
  label: string,
  run: () => void,
  { detail, stays = false }: { readonly detail?: string; readonly stays?: boolean } = {},
): PickItem {
  return { ...noteItem(icon, label, detail), is: 'action', run, stays };
}

/** A row that says something and does nothing. */
export function noteItem(icon: string, label: string, detail?: string): PickItem & { readonly is: 'note' } {
  return {
    is: 'note',
    label: `$(${icon}) ${label}`,
    alwaysShow: true,
    ...(detail === undefined ? {} : { detail }),
  };
}

export function separator(label: string): PickItem {
  return { is: 'note', kind: vscode.QuickPickItemKind.Separator, label };
}
