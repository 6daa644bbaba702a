/** The kinds of row in the search box. */
import * as vscode from 'vscode';
import { placeOf } from '../results/locationText.ts';
import { translate } from '../localised.ts';
import type { Hit } from '../../domain/hit.ts';
import { labelText, titleOf, trailOf, withoutIcons } from '../results/hitText.ts';
import { originName } from '../documents/hitUri.ts';
import type { Searched } from './searcher.ts';
import { snippetOf } from '../results/snippet.ts';

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
  const place = placeOf(hit, originName(hit), translate);
  const trail = trailOf(hit);
  return {
    is: 'hit',
    hit,
    searched,
    label: withoutIcons(titleOf(hit)),
    description: withoutIcons(
      [markText(hit.verdict), place, pendingText(hit), trail]
        .filter(part => part !== null && part !== '')
        .join(' — '),
    ),
    detail: hit.waiting === true ? waitingText() : withoutIcons(snippetOf(hit, SNIPPET_WIDTH).text),
    alwaysShow: true,
    buttons: hit.waiting === true ? [sideButton()] : hitButtons(hit.verdict),
  };
}

/** The remark on a passage that only the lexical channel finds so far; null for any other. */
export function pendingText(hit: Hit): string | null {
  return hit.pending === true ? vscode.l10n.t('by keyword only so far') : null;
}

/** The remark on a file that is found only by its name. */
export function waitingText(): string {
  return vscode.l10n.t('Not read yet: found by name');
}

function sideButton(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: vscode.l10n.t('Open to the Side') };
}

/** Buttons in the order of `HIT_ACTIONS`. Clicking the same mark again removes it. */
function hitButtons(verdict: Hit['verdict']): vscode.QuickInputButton[] {
  const tooltip = (own: Hit['verdict'], text: string): string =>
    own === verdict ? vscode.l10n.t('Remove the Mark') : text;
  return [
    {
      iconPath: new vscode.ThemeIcon('thumbsup'),
      tooltip: tooltip('relevant', vscode.l10n.t('Mark as Relevant')),
    },
    {
      iconPath: new vscode.ThemeIcon('thumbsdown'),
      tooltip: tooltip('notRelevant', vscode.l10n.t('Mark as Not Relevant')),
    },
    sideButton(),
  ];
}

function markText(verdict: Hit['verdict']): string | null {
  if (verdict === undefined) return null;
  return verdict === 'relevant'
    ? vscode.l10n.t('Marked as relevant')
    : vscode.l10n.t('Marked as not relevant');
}

const HIT_ACTIONS = ['relevant', 'notRelevant', 'openToSide'] as const;

/** The action of a hit's button. A file that is not read yet can't be marked as relevant or not. */
export function actionOf(
  { buttons = [] }: PickItem,
  button: vscode.QuickInputButton,
): (typeof HIT_ACTIONS)[number] | undefined {
  return HIT_ACTIONS.slice(-buttons.length)[buttons.indexOf(button)];
}

export function queryItem(query: string): PickItem {
  return {
    is: 'query',
    query,
    label: `$(history) ${labelText(query)}`,
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
  {
    detail,
    description,
    stays = false,
  }: { readonly detail?: string; readonly description?: string; readonly stays?: boolean } = {},
): PickItem {
  const item = { ...noteItem(icon, label, detail), is: 'action', run, stays } as const;
  return description === undefined ? item : { ...item, description };
}

/** A row that informs and does nothing. */
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
