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

/** A passage that is found by its letters alone so far; null for any other. */
export function pendingText(hit: Hit): string | null {
  return hit.pending === true ? vscode.l10n.t('by letters only so far') : null;
}

/** A file that is found by its name alone. */
export function waitingText(): string {
  return vscode.l10n.t('Not read yet: found by its name');
}

function sideButton(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip: vscode.l10n.t('Open to the Side') };
}

/** In the order of `HIT_ACTIONS`. The same mark once more takes it back. */
function hitButtons(verdict: Hit['verdict']): vscode.QuickInputButton[] {
  const tooltip = (own: Hit['verdict'], text: string): string =>
    own === verdict ? vscode.l10n.t('Take the Mark Back') : text;
  return [
    {
      iconPath: new vscode.ThemeIcon('thumbsup'),
      tooltip: tooltip('right', vscode.l10n.t('This Result Is Right')),
    },
    {
      iconPath: new vscode.ThemeIcon('thumbsdown'),
      tooltip: tooltip('wrong', vscode.l10n.t('This Result Is Wrong')),
    },
    sideButton(),
  ];
}

function markText(verdict: Hit['verdict']): string | null {
  if (verdict === undefined) return null;
  return verdict === 'right' ? vscode.l10n.t('Marked as right') : vscode.l10n.t('Marked as wrong');
}

const HIT_ACTIONS = ['right', 'wrong', 'openToSide'] as const;

/** What a button of a hit does. Of what is not read nobody can say whether it is right. */
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
