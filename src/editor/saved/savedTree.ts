/** Saved searches in the sidebar, each with the number of files that it has newly found. */
import * as vscode from 'vscode';
import type { EngineClient } from '../../rpc/engineClient.ts';
import { commands, views } from '../commands.ts';
import type { ErrorReporter } from '../errors.ts';
import type { Folders } from '../folders.ts';
import { formatNumber, translate } from '../localised.ts';
import { channelText } from '../results/channelText.ts';
import { labelText, oneLine } from '../results/hitText.ts';
import { SidebarTree } from '../sidebarTree.ts';
import type { Searched, Searcher } from '../searchBox/searcher.ts';
import type { StatusSource } from '../status/statusSource.ts';
import { fileKey, newFiles, type SavedSearch, type SavedSearches } from './savedSearches.ts';

export interface SavedTreePorts {
  readonly saved: SavedSearches;
  readonly searcher: Pick<Searcher, 'search'>;
  readonly client: Pick<EngineClient, 'onIndexChanged'>;
  readonly status: StatusSource;
  readonly folders: Folders;
  readonly errors: ErrorReporter;
}

export interface SavedNode {
  readonly is: 'saved';
  readonly search: SavedSearch;
}

/** Files that a saved search is compared by: more would only cost. */
const LIMIT = 100;
/** Milliseconds between two checks at least. */
const REST = 15_000;

export class SavedTree extends SidebarTree<SavedNode> {
  readonly #ports: SavedTreePorts;
  /** By query. */
  #fresh: ReadonlyMap<string, readonly string[]> = new Map();
  #isStale = true;
  #checking = false;
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: SavedTreePorts) {
    super(views.saved, ports.status);
    this.#ports = ports;
    this.own(
      ports.client.onIndexChanged(() => {
        this.#isStale = true;
        this.#schedule();
      }),
      ports.status.onDidChange(() => this.#schedule()),
    );
  }

  async keep({ query, channel, result }: Searched): Promise<void> {
    await this.#ports.saved.keep({ query, channel, seen: result.hits.map(fileKey) });
    this.#isStale = true;
    this.redraw();
    this.#schedule();
  }

  /** The person is shown what it finds now: nothing of it is new any more. */
  async see({ query }: SavedSearch): Promise<void> {
    await this.#ports.saved.see(query, this.#fresh.get(query) ?? []);
    this.#present(new Map([...this.#fresh].filter(([other]) => other !== query)));
  }

  async remove({ query }: SavedSearch): Promise<void> {
    await this.#ports.saved.remove(query);
    this.#present(new Map([...this.#fresh].filter(([other]) => other !== query)));
  }

  /** While documents are being indexed every check would find more: it waits for the end. */
  #schedule(): void {
    const { saved, status, folders } = this.#ports;
    const isIdle = status.value?.activity === 'idle' && folders.asked;
    if (!this.#isStale || this.#checking || this.#timer !== undefined || !isIdle || saved.all.length === 0)
      return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.check().catch((error: unknown) => this.#ports.errors.log('saved searches', error));
      },
      Math.max(0, this.#notBefore - performance.now()),
    );
  }

  /** Searches for all of them, one after the other. */
  async check(): Promise<void> {
    this.#isStale = false;
    this.#checking = true;
    try {
      const fresh = new Map<string, readonly string[]>();
      for (const search of this.#ports.saved.all) {
        const { query, channel } = search;
        const { result } = await this.#ports.searcher.search({ query, channel, limit: LIMIT });
        fresh.set(query, newFiles(search, result.hits));
      }
      this.#present(fresh);
    } finally {
      this.#checking = false;
      this.#notBefore = performance.now() + REST;
      this.#schedule();
    }
  }

  #present(fresh: ReadonlyMap<string, readonly string[]>): void {
    this.#fresh = fresh;
    const count = [...fresh.values()].reduce((sum, files) => sum + files.length, 0);
    const tooltip = vscode.l10n.t('New files for saved searches: {0}', formatNumber(count));
    this.view.badge = count === 0 ? undefined : { value: count, tooltip };
    this.redraw();
  }

  getChildren(node?: SavedNode): SavedNode[] {
    return node === undefined ? this.#ports.saved.all.map(search => ({ is: 'saved', search })) : [];
  }

  getTreeItem({ search }: SavedNode): vscode.TreeItem {
    const { query, channel } = search;
    const item = new vscode.TreeItem(labelText(query));
    item.id = query;
    const fresh = this.#fresh.get(query)?.length ?? 0;
    item.iconPath = new vscode.ThemeIcon(fresh > 0 ? 'bell-dot' : 'bookmark');
    item.description = fresh > 0 ? vscode.l10n.t('{0} new', formatNumber(fresh)) : '';
    item.tooltip = `${oneLine(query)}\n${channelText(channel, translate)}`;
    item.contextValue = 'saved';
    item.command = {
      command: commands.openSaved,
      title: vscode.l10n.t('Search'),
      arguments: [{ is: 'saved', search }],
    };
    return item;
  }

  override dispose(): void {
    clearTimeout(this.#timer);
    super.dispose();
  }
}
