/** 관련 문서: passages of other files that say something like the paragraph at the cursor, or like the open file. */
import * as vscode from 'vscode';
import type { DocumentRequest } from '../../domain/document.ts';
import type { Hit } from '../../domain/hit.ts';
import type { RelatedResult } from '../../domain/search.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';
import { isAbort } from '../../threads/abort.ts';
import { commands, contextKeys, views } from '../commands.ts';
import { fileUri, folderName } from '../documents/hitUri.ts';
import type { ErrorReporter } from '../errors.ts';
import { HitDrag } from '../export/hitDrag.ts';
import type { Folders } from '../folders.ts';
import { translate } from '../localised.ts';
import { baseName, labelText, oneLine, titleOf, withoutIcons } from '../results/hitText.ts';
import { passageTooltip } from '../results/passageTooltip.ts';
import { placeOf } from '../results/locationText.ts';
import { groupByFile, type FileGroup } from '../results/resultGroups.ts';
import type { Setting } from '../settings.ts';
import { SidebarTree } from '../sidebarTree.ts';
import type { StatusSource } from '../status/statusSource.ts';
import { isSamePlace, relatedAsked, sharedConcepts, type RelatedPlace } from './relatedText.ts';

export interface RelatedPorts {
  readonly client: Pick<EngineClient, 'related' | 'onIndexChanged'>;
  readonly folders: Folders;
  readonly errors: ErrorReporter;
  readonly status: StatusSource;
  /** Whether the view follows the cursor. */
  readonly follow: Setting<boolean>;
}

/** A file with the passage of it that is most alike, and further ones below. */
export interface RelatedFileNode {
  readonly is: 'file';
  readonly group: FileGroup;
}

export interface RelatedPassageNode {
  readonly is: 'passage';
  readonly hit: Hit;
  readonly parent: RelatedFileNode;
}

export type RelatedNode = RelatedFileNode | RelatedPassageNode;

/** Passages that are asked for, and files that are shown. */
const MOST_HITS = 40;
const MOST_FILES = 20;
/** Milliseconds that the cursor rests before the view follows. */
const CURSOR_REST = 400;

export class RelatedView extends SidebarTree<RelatedNode> {
  readonly #ports: RelatedPorts;
  #place: RelatedPlace | null = null;
  #result: RelatedResult | null = null;
  #files: readonly RelatedFileNode[] = [];
  #asking: AbortController | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: RelatedPorts) {
    super(views.related, ports.status, { dragAndDropController: new HitDrag<RelatedNode>() });
    this.#ports = ports;
    this.own(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#moved(textEditor)),
      vscode.window.onDidChangeActiveTextEditor(editor => editor !== undefined && this.#moved(editor)),
      this.view.onDidChangeVisibility(({ visible }) => visible && this.#moved()),
      ports.follow.onDidChange(() => this.#moved()),
      ports.client.onIndexChanged(() => this.#outdated()),
    );
  }

  get result(): RelatedResult | null {
    return this.#result;
  }

  /** Shows what is like the passage at a line of a file; without a line, like the file. */
  async show(source: DocumentRequest, line: number | null): Promise<void> {
    await vscode.commands.executeCommand(`${views.related}.focus`);
    await this.#ask({ ...source, line });
  }

  /** The cursor came to rest somewhere else. */
  #moved(editor = vscode.window.activeTextEditor): void {
    clearTimeout(this.#timer);
    const { follow, folders, errors } = this.#ports;
    if (editor === undefined || !follow.value || !this.view.visible || !folders.asked) return;
    this.#timer = setTimeout(() => {
      const place = relatedAsked(editor);
      if (place === null || isSamePlace(place, this.#place, this.#result)) return;
      this.#ask(place).catch((error: unknown) => errors.log('related', error));
    }, CURSOR_REST);
  }

  /** Vectors that were to come may be there, and files that were there may be gone. */
  #outdated(): void {
    const place = this.#place;
    if (place === null || !this.view.visible || this.#asking !== null) return;
    if (this.#result?.state === 'found' && !this.#ports.follow.value) return;
    this.#ask(place).catch((error: unknown) => this.#ports.errors.log('related', error));
  }

  async #ask(place: RelatedPlace): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#place = place;
    try {
      const folders = await this.#ports.folders.opened();
      const request = { ...place, folders, limit: MOST_HITS };
      const result = await this.#ports.client.related(request, { signal: asking.signal });
      if (this.#asking === asking) this.#present(place, result);
    } catch (error) {
      if (!isAbort(error)) throw error;
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  }

  #present(place: RelatedPlace, result: RelatedResult): void {
    this.#result = result;
    this.#files = groupByFile(result.hits)
      .slice(0, MOST_FILES)
      .map(group => ({ is: 'file', group }));
    this.view.description = labelText(baseName(place.file));
    const { relatedAsked: asked } = contextKeys;
    void vscode.commands.executeCommand('setContext', asked, true);
    this.redraw(this.#message(place, result));
  }

  #message(place: RelatedPlace, { state, passage, hits }: RelatedResult): string {
    const name = oneLine(baseName(place.file));
    if (state === 'notIndexed') return vscode.l10n.t('“{0}” has no indexed passage.', name);
    if (state === 'pending')
      return vscode.l10n.t('The meaning of “{0}” is not indexed yet. This list fills by itself.', name);
    if (hits.length === 0) return vscode.l10n.t('No other file says anything like it.');
    if (passage === null) return vscode.l10n.t('Like the file as a whole');
    const start = oneLine(passage.headings.at(-1) ?? passage.text.slice(0, 60));
    return vscode.l10n.t('Like the paragraph in line {0}: {1}', passage.line + 1, start);
  }

  getChildren(node?: RelatedNode): RelatedNode[] {
    if (node === undefined) return [...this.#files];
    if (node.is === 'passage') return [];
    return node.group.hits.map(hit => ({ is: 'passage', hit, parent: node }));
  }

  getTreeItem(node: RelatedNode): vscode.TreeItem {
    return node.is === 'file' ? this.#fileItem(node) : this.#passageItem(node);
  }

  #fileItem({ group }: RelatedFileNode): vscode.TreeItem {
    const uri = fileUri(group.folder, group.file);
    const { Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(labelText(baseName(group.file)), Collapsed);
    item.resourceUri = uri;
    item.iconPath = vscode.ThemeIcon.File;
    item.description = withoutIcons(sharedConcepts(group.hits, this.#result?.hits ?? []).join(', '));
    item.tooltip = passageTooltip(group.hits[0]!);
    item.contextValue = 'file';
    item.command = this.#opening(group.hits[0]!);
    return item;
  }

  #passageItem({ hit }: RelatedPassageNode): vscode.TreeItem {
    const item = new vscode.TreeItem(withoutIcons(titleOf(hit)));
    item.description = withoutIcons(sharedConcepts([hit], this.#result?.hits ?? []).join(', '));
    const place = placeOf(hit, folderName(hit.folder), translate);
    item.tooltip = passageTooltip(hit).appendMarkdown('\n\n').appendText(place);
    item.contextValue = 'relatedPassage';
    item.command = this.#opening(hit);
    return item;
  }

  #opening(hit: Hit): vscode.Command {
    return { command: commands.openRelated, title: vscode.l10n.t('Open Passage'), arguments: [{ hit }] };
  }

  override dispose(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    super.dispose();
  }
}
