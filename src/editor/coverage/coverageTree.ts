/** 색인 현황: every file of the open folders with its state, as a tree in the sidebar. */
import * as vscode from 'vscode';
import type { FileState, LedgerEntry } from '../../domain/ledger.ts';
import { isTextFile } from '../../text/fileFormats.ts';
import { commands, contextKeys, views } from '../commands.ts';
import { fileUri, folderName } from '../documents/hitUri.ts';
import { formatNumber } from '../localised.ts';
import type { FileNode } from '../results/resultsTree.ts';
import { baseName, labelText, oneLine } from '../results/hitText.ts';
import { SidebarTree } from '../sidebarTree.ts';
import { stateIcon } from '../status/ledgerText.ts';
import type { StatusSource } from '../status/statusSource.ts';
import {
  byDirectory,
  byPath,
  byState,
  directoryOf,
  EVERYTHING,
  filtered,
  isEverything,
  type CoverageFilter,
} from './coverageGroups.ts';
import { explained, filterText, saidOf, stateName } from './coverageText.ts';
import type { LedgerSource } from './ledgerSource.ts';

export interface StateNode {
  readonly is: 'state';
  readonly state: FileState;
  readonly entries: readonly LedgerEntry[];
}

interface DirectoryNode {
  readonly is: 'directory';
  readonly folder: string;
  readonly directory: string;
  readonly entries: readonly LedgerEntry[];
}

/** A file, in the form that the commands for results take. */
export interface CoverageNode extends FileNode {
  readonly entry: LedgerEntry;
  /** Its directory stands above it. */
  readonly isNested: boolean;
}

/** Stands for what a list leaves out. */
interface MoreNode {
  readonly is: 'more';
  readonly count: number;
}

type Node = StateNode | DirectoryNode | CoverageNode | MoreNode;

/** Files under one node: the filter finds the others. */
const MOST_FILES = 1_000;

export class CoverageTree extends SidebarTree<Node> {
  readonly #source: LedgerSource;
  #watching: vscode.Disposable | undefined;
  #filter = EVERYTHING;
  #states: readonly StateNode[] = [];

  constructor(source: LedgerSource, status: StatusSource) {
    super(views.coverage, status, { showCollapseAll: true, canSelectMany: true });
    this.#source = source;
    this.own(
      this.view.onDidChangeVisibility(({ visible }) => this.#watch(visible)),
      source.onDidChange(() => this.#update()),
    );
    this.#watch(this.view.visible);
  }

  get filter(): CoverageFilter {
    return this.#filter;
  }

  /** The files that the filter lets through. */
  get shown(): readonly LedgerEntry[] {
    return this.#states.flatMap(({ entries }) => entries);
  }

  show(filter: CoverageFilter): void {
    this.#filter = filter;
    void vscode.commands.executeCommand('setContext', contextKeys.coverageFiltered, !isEverything(filter));
    this.#update();
  }

  #watch(visible: boolean): void {
    this.#watching?.dispose();
    this.#watching = visible ? this.#source.watch() : undefined;
  }

  #update(): void {
    const all = this.#source.entries ?? [];
    const entries = isEverything(this.#filter) ? all : filtered(all, this.#filter, saidOf);
    this.#states = byState(entries).map(group => ({ is: 'state', ...group }));
    this.redraw(
      isEverything(this.#filter)
        ? ''
        : vscode.l10n.t(
            '{0} — {1} of {2} files',
            filterText(this.#filter),
            formatNumber(entries.length),
            formatNumber(all.length),
          ),
    );
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return [...this.#states];
    if (node.is === 'state') {
      const directories = byDirectory(node.entries);
      return directories === null
        ? fileNodes(node.entries, false)
        : directories.map(group => ({ is: 'directory', ...group }));
    }
    return node.is === 'directory' ? fileNodes(node.entries, true) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.is) {
      case 'state':
        return stateItem(node, !isEverything(this.#filter));
      case 'directory':
        return directoryItem(node);
      case 'more':
        return moreItem(node);
      case 'file':
        break;
    }
    return entryItem(node);
  }

  override dispose(): void {
    this.#watching?.dispose();
    super.dispose();
  }
}

function fileNodes(entries: readonly LedgerEntry[], isNested: boolean): Node[] {
  const nodes = byPath(entries)
    .slice(0, MOST_FILES)
    .map((entry): Node => ({
      is: 'file',
      group: { folder: entry.folder, file: entry.path, hits: [] },
      entry,
      isNested,
    }));
  const rest = entries.length - nodes.length;
  return rest === 0 ? nodes : [...nodes, { is: 'more', count: rest }];
}

function moreItem({ count }: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('{0} more: filter them', formatNumber(count)));
  item.command = { command: commands.filterCoverage, title: '' };
  return item;
}

/** Files that a filter lets through are unfolded. */
function stateItem({ state, entries }: StateNode, isFiltered: boolean): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const isProblem = state === 'failed' || state === 'skipped';
  const item = new vscode.TreeItem(stateName(state), isProblem || isFiltered ? Expanded : Collapsed);
  // The editor remembers by the id what was folded.
  item.id = isFiltered ? `${state}, filtered` : state;
  item.description = formatNumber(entries.length);
  item.iconPath = new vscode.ThemeIcon(stateIcon(state), stateColor(state));
  item.contextValue = `state-${state}`;
  return item;
}

function stateColor(state: FileState): vscode.ThemeColor | undefined {
  const colors: Readonly<Record<FileState, string | null>> = {
    failed: 'list.errorForeground',
    skipped: 'list.warningForeground',
    waiting: null,
    indexed: 'testing.iconPassed',
  };
  const color = colors[state];
  return color === null ? undefined : new vscode.ThemeColor(color);
}

function directoryItem({ folder, directory, entries }: DirectoryNode): vscode.TreeItem {
  const uri = directory === '' ? vscode.Uri.file(folder) : fileUri(folder, directory);
  const label = directory === '' ? baseName(uri.path) : directory;
  const item = new vscode.TreeItem(labelText(label), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${entries[0]!.state}\n${uri.toString()}`;
  item.iconPath = vscode.ThemeIcon.Folder;
  item.resourceUri = uri;
  const name = folderName(folder);
  const count = formatNumber(entries.length);
  item.description = name === null || directory === '' ? count : `${labelText(name)} · ${count}`;
  item.contextValue = 'directory';
  return item;
}

function entryItem({ entry, isNested }: CoverageNode): vscode.TreeItem {
  const uri = fileUri(entry.folder, entry.path);
  const item = new vscode.TreeItem(labelText(baseName(entry.path)));
  item.id = `${entry.state}\n${uri.toString()}`;
  item.resourceUri = uri;
  item.iconPath = vscode.ThemeIcon.File;
  const said = explained(entry);
  const directory = isNested ? '' : directoryOf(entry.path);
  item.description = labelText(directory === '' ? said : `${said} · ${directory}`);
  item.tooltip = tooltipOf(entry, uri);
  const isText = isTextFile(entry.path);
  item.contextValue = `coverage-${entry.state}${isText ? '-text' : ''}`;
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  return item;
}

/** Plain text: names and errors come from files. */
function tooltipOf(entry: LedgerEntry, uri: vscode.Uri): string {
  const lines = [oneLine(uri.fsPath), `${stateName(entry.state)} — ${explained(entry)}`];
  if (entry.pending !== undefined)
    lines.push(
      vscode.l10n.t('Passages found by their letters alone so far: {0}', formatNumber(entry.pending)),
    );
  if (entry.modified !== undefined)
    lines.push(vscode.l10n.t('Modified: {0}', new Date(entry.modified).toLocaleString(vscode.env.language)));
  if (entry.detail !== null && entry.state !== 'indexed') lines.push(oneLine(entry.detail));
  return lines.join('\n');
}
