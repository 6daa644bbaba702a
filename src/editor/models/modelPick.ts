/** Shows rows of models and resolves to the chosen one. */
import * as vscode from 'vscode';
import type { ModelAction, ModelRow } from './modelRows.ts';

interface ModelItem extends vscode.QuickPickItem {
  readonly row: ModelRow;
}

export interface ModelPickOptions {
  readonly title: string;
  readonly placeholder: string;
  /** Tooltip of an installed model's bin. */
  readonly removeTip: string;
  /** Buttons in the title for rows that long lists push out of sight. */
  readonly buttons?: readonly { readonly icon: string; readonly tip: string; readonly run: ModelAction }[];
}

export type ModelChoice =
  | {
      readonly row: Exclude<ModelRow, { readonly is: 'section' }>;
      /** True where the bin was clicked. */
      readonly remove: boolean;
    }
  | { readonly action: ModelAction }
  | null;

/** `rows` may take a while; the box opens at once. Rejects with the error of `rows`. */
export async function pickModel(
  rows: () => Promise<readonly ModelRow[]>,
  { title, placeholder, removeTip, buttons = [] }: ModelPickOptions,
): Promise<ModelChoice> {
  const pick = vscode.window.createQuickPick<ModelItem>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  const bin: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: removeTip };
  pick.buttons = buttons.map(({ icon, tip }) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip: tip }));
  try {
    return await new Promise<ModelChoice>((resolve, reject) => {
      const choose = (item: ModelItem | undefined, remove: boolean): void => {
        if (item === undefined || item.row.is === 'section') return;
        resolve({ row: item.row, remove });
      };
      pick.onDidAccept(() => choose(pick.activeItems[0], false));
      pick.onDidTriggerItemButton(({ item }) => choose(item, true));
      pick.onDidTriggerButton(button => {
        const wanted = buttons.find(({ tip }) => tip === button.tooltip);
        if (wanted !== undefined) resolve({ action: wanted.run });
      });
      pick.onDidHide(() => resolve(null));
      pick.show();
      fill(pick, rows, bin).catch(reject);
    });
  } finally {
    pick.dispose();
  }
}

async function fill(
  pick: vscode.QuickPick<ModelItem>,
  rows: () => Promise<readonly ModelRow[]>,
  bin: vscode.QuickInputButton,
): Promise<void> {
  pick.items = (await rows()).map(row => itemOf(row, bin));
  pick.busy = false;
  const inUse = pick.items.find(({ row }) => row.is === 'installed' && row.inUse);
  if (inUse !== undefined) pick.activeItems = [inUse];
}

function itemOf(row: ModelRow, bin: vscode.QuickInputButton): ModelItem {
  if (row.is === 'section') return { row, kind: vscode.QuickPickItemKind.Separator, label: row.label };
  const { icon, label, description, detail } = row;
  return {
    row,
    label: `$(${icon}) ${label}`,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(row.is === 'installed' && row.removable && icon !== 'trash' ? { buttons: [bin] } : {}),
  };
}
