/** The results in the sidebar: files with their passages. */
import * as vscode from 'vscode';
import { locationText } from './locationText.ts';
import type { Hit } from '../../domain/hit.ts';
import { commands, views } from '../commands.ts';
import type { CurrentResults } from './currentResults.ts';
import type { ErrorReporter } from '../errors.ts';
import { HitDrag } from '../export/hitDrag.ts';
import {
  baseName,
  labelPlace,
  labelText,
  leadingWord,
  oneLine,
  percent,
  titleOf,
  withoutIcons,
} from './hitText.ts';
import { teamOfFolder } from '../../domain/team/team.ts';
import { fileUri, folderName, originName } from '../documents/hitUri.ts';
import { formatNumber, translate } from '../localised.ts';
import { hitKey } from '../searchBox/merge.ts';
import { SidebarTree } from '../sidebarTree.ts';
import type { StatusSource } from '../status/statusSource.ts';
import type { FileGroup } from './resultGroups.ts';
import { groupByFile } from './resultGroups.ts';
import type { Searched } from '../searchBox/searcher.ts';
import { pendingText, waitingText } from '../searchBox/quickPickItems.ts';
import { passageTooltip } from './passageTooltip.ts';
import { snippetOf } from './snippet.ts';

export interface FileNode {
  readonly is: 'file';
  readonly group: FileGroup;
}

export interface PassageNode {
  readonly is: 'passage';
  readonly hit: Hit;
  readonly parent: FileNode;
}

export type ResultNode = FileNode | PassageNode;

/** Half-width columns. */
const SNIPPET_WIDTH = 160;

export class ResultsTree extends SidebarTree<ResultNode> {
  readonly #current: CurrentResults;
  #files: readonly FileNode[] = [];
  #passages = new Map<string, PassageNode>();

  constructor(current: CurrentResults, status: StatusSource, errors: ErrorReporter) {
    super(views.results, status, {
      showCollapseAll: true,
      canSelectMany: true,
      dragAndDropController: new HitDrag<ResultNode>(),
    });
    this.#current = current;
    this.own(
      current.onDidChange(searched => this.#update(searched)),
      current.onDidMove(hit => void errors.guard('tree', () => this.#follow(hit))),
    );
  }

  getChildren(node?: ResultNode): readonly ResultNode[] & ResultNode[] {
    if (node === undefined) return [...this.#files];
    return node.is === 'file' ? node.group.hits.map(hit => this.#passages.get(hitKey(hit))!) : [];
  }

  getParent(node: ResultNode): ResultNode | undefined {
    return node.is === 'passage' ? node.parent : undefined;
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    return node.is === 'file' ? fileItem(node.group) : this.#passageItem(node.hit);
  }

  /** Idempotent: the view follows from the results alone. */
  #update(searched: Searched | null): void {
    const hits = searched?.result.hits ?? [];
    this.#files = groupByFile(hits).map(group => ({ is: 'file', group }));
    this.#passages = new Map(
      this.#files.flatMap(parent =>
        parent.group.hits.map((hit): [string, PassageNode] => [hitKey(hit), { is: 'passage', hit, parent }]),
      ),
    );
    const count = hits.length;
    this.view.badge =
      count === 0
        ? undefined
        : { value: count, tooltip: vscode.l10n.t('Passages found: {0}', formatNumber(count)) };
    this.view.description = searched === null ? '' : labelText(searched.query);
    this.redraw();
  }

  /** Selects the hit that was opened elsewhere, without opening the sidebar for it. */
  async #follow(hit: Hit): Promise<void> {
    const node = this.#passages.get(hitKey(hit));
    if (node !== undefined && this.view.visible) await this.view.reveal(node, { select: true, focus: false });
  }

  #passageItem(hit: Hit): vscode.TreeItem {
    const words = this.#current.searched?.result.words ?? [];
    const snippet = snippetOf(hit, SNIPPET_WIDTH);
    const leading = leadingWord(hit, words);
    const share = leading === null ? '' : `${leading.word} ${percent(leading.share)}`;
    const item = new vscode.TreeItem('');
    if (hit.headings.length > 0 || snippet.text === '') {
      item.label = withoutIcons(titleOf(hit));
      item.description = withoutIcons([share, snippet.text].filter(part => part !== '').join(' · '));
    } else {
      const highlights = snippet.highlights.map(({ start, end }): [number, number] => [
        labelPlace(snippet.text, start),
        labelPlace(snippet.text, end),
      ]);
      item.label = { label: withoutIcons(snippet.text), highlights };
      item.description = withoutIcons(share);
    }
    const location = locationText(hit.location, translate);
    if (hit.waiting === true) item.description = waitingText();
    else
      item.description = withoutIcons(
        [item.description, location, pendingText(hit)].filter(Boolean).join(' · '),
      );
    item.tooltip = passageTooltip(hit);
    item.contextValue = hit.waiting === true ? 'waiting' : 'passage';
    item.command = {
      command: commands.openHit,
      title: vscode.l10n.t('Open Passage'),
      arguments: [{ is: 'passage', hit }],
    };
    return item;
  }
}

function fileItem(group: FileGroup): vscode.TreeItem {
  const uri = fileUri(group.folder, group.file);
  const item = new vscode.TreeItem(labelText(baseName(group.file)), vscode.TreeItemCollapsibleState.Expanded);
  // The editor would look for a file that is not on this machine.
  if (teamOfFolder(group.folder) === null) item.resourceUri = uri;
  item.iconPath = vscode.ThemeIcon.File;
  const directory = group.file.slice(0, -baseName(group.file).length).replace(/\/$/, '');
  const place = [
    group.hits[0] === undefined ? folderName(group.folder) : originName(group.hits[0]),
    directory,
  ]
    .filter(part => part !== null && part !== '')
    .join('/');
  const count = formatNumber(group.hits.length);
  item.description = place === '' ? count : `${labelText(place)} · ${count}`;
  item.tooltip = teamOfFolder(group.folder) === null ? oneLine(uri.fsPath) : oneLine(place);
  item.contextValue = 'file';
  return item;
}
