/** `말모이: 검색`: a search box that answers while typing and opens the passage on Enter. */
import * as vscode from 'vscode';
import type { Channel } from '../../domain/channel.ts';
import type { EngineStatus } from '../../domain/engineStatus.ts';
import type { Hit } from '../../domain/hit.ts';
import { channelIcon, channelText, nextChannel, switchText } from '../results/channelText.ts';
import type { ErrorReporter } from '../errors.ts';
import type { Feedback } from '../results/feedback.ts';
import type { LiveState } from './liveSearch.ts';
import { LiveSearch } from './liveSearch.ts';
import { formatNumber, translate } from '../localised.ts';
import { hitKey } from './merge.ts';
import type { HitOpener } from '../documents/openHit.ts';
import { Preview } from './preview.ts';
import type { PickItem } from './quickPickItems.ts';
import { actionOf, hitItem, noteItem } from './quickPickItems.ts';
import type { RecentQueries } from './recentQueries.ts';
import type { Searched, Searcher } from './searcher.ts';
import { StrayKeys } from './strayKeys.ts';
import { failureRows, nothingRows, recentRows, rewritingRows, suggestionRows } from './searchPickRows.ts';
import type { Settings } from '../settings.ts';
import type { StatusSource } from '../status/statusSource.ts';
import { activityText } from '../status/statusText.ts';

/**
 * Milliseconds from the last key to the search: longer than a typist's gap between two letters, shorter than a pause.
 */
const DEBOUNCE = 100;

export interface SearchPickParts {
  readonly searcher: Searcher;
  readonly opener: HitOpener;
  readonly recent: RecentQueries;
  readonly feedback: Feedback;
  readonly settings: Settings;
  readonly errors: ErrorReporter;
  readonly status: StatusSource;
  readonly showInPanel: (query: string, channel: Channel) => void;
}

/** Each object lives from the opening to the closing of one box. */
export class SearchPick implements vscode.Disposable {
  readonly #parts: SearchPickParts;
  readonly #pick = vscode.window.createQuickPick<PickItem>();
  readonly #live: LiveSearch;
  readonly #preview: Preview;
  readonly #subscriptions: vscode.Disposable;
  readonly #closed = new vscode.EventEmitter<void>();
  readonly onDidClose = this.#closed.event;
  #channel: Channel;
  #first: string | null = null;
  #accepted = false;
  readonly #strays: StrayKeys;
  /** Ids of rewritings that were removed, until the box is empty. */
  #without: readonly string[] = [];

  constructor(parts: SearchPickParts, query: string) {
    this.#parts = parts;
    this.#channel = parts.settings.channel.value;
    this.#preview = new Preview(parts.opener, parts.errors);
    this.#live = new LiveSearch({
      search: (question, options) => parts.searcher.search(question, options),
      active: () => this.#activeKey(),
      show: state => this.#show(state),
      debounce: DEBOUNCE,
    });
    const pick = this.#pick;
    // With a text that is there already the next key begins another.
    const editor = query === '' ? vscode.window.activeTextEditor : undefined;
    this.#strays = new StrayKeys(editor, stray => (pick.value = stray + pick.value));
    pick.matchOnDescription = false;
    pick.matchOnDetail = false;
    pick.keepScrollPosition = true;
    pick.placeholder = vscode.l10n.t('Describe what you are looking for in your own words');
    // This property is not in the typings, but every version honours it: rows keep the engine's order instead of the
    // best match of a label.
    (pick as { sortByLabel?: boolean }).sortByLabel = false;
    this.#subscriptions = vscode.Disposable.from(
      pick,
      this.#live,
      this.#strays,
      pick.onDidChangeValue(() => {
        this.#strays.boxChanged();
        this.#ask();
      }),
      pick.onDidChangeActive(items => this.#moved(items[0])),
      pick.onDidAccept(() => this.#accept(pick.activeItems[0])),
      pick.onDidTriggerItemButton(({ item, button }) => this.#itemButton(item, button)),
      pick.onDidTriggerButton(button => this.#button(button)),
      pick.onDidHide(() => this.#hidden()),
      parts.status.onDidChange(() => this.#describe()),
    );
    pick.value = query;
    this.#describe();
    pick.show();
    this.#ask();
  }

  /** The text that the person has typed, in the box and before it was there. */
  get #query(): string {
    return this.#strays.text + this.#pick.value;
  }

  get rows(): readonly PickItem[] {
    return this.#pick.items;
  }

  #describe(): void {
    const status = this.#parts.status.value;
    const channel = channelText(this.#channel, translate);
    this.#pick.title = busyWith(status)
      ? vscode.l10n.t('Malmoi — {0} — {1}', channel, activityText(status, translate, formatNumber))
      : vscode.l10n.t('Malmoi — {0}', channel);
    this.#pick.buttons = [
      {
        iconPath: new vscode.ThemeIcon(channelIcon(this.#channel)),
        tooltip: switchText(nextChannel(this.#channel), translate),
      },
      {
        iconPath: new vscode.ThemeIcon('layout-panel-left'),
        tooltip: vscode.l10n.t('Show All in the Panel'),
      },
    ];
  }

  #ask(): void {
    const limit = this.#parts.settings.resultLimit.value;
    const query = this.#query;
    if (query.trim() === '') this.#without = [];
    this.#live.ask({ query, channel: this.#channel, limit, withoutRewritings: this.#without });
  }

  #show(state: LiveState): void {
    const { recent, status, errors } = this.#parts;
    this.#pick.busy = state.state === 'searching' || (state.state === 'hits' && isLiteral(state.searched));
    switch (state.state) {
      case 'searching':
        return;
      case 'empty':
        return this.#setRows(recentRows(recent.all), null);
      case 'nothing':
        return this.#setRows(
          nothingRows(state.searched, status.value, {
            switchTo: channel => this.#switchTo(channel),
            searchFor: query => this.#searchFor(query),
            showFar: () => this.#showFar(state.searched),
          }),
          null,
        );
      case 'failed':
        return this.#setRows(failureRows(state.error, errors.message('search', state.error)), null);
      case 'hits': {
        const rows = state.hits.map(hit => hitItem(hit, state.searched));
        const { notice } = state.searched.result;
        if (notice !== null) rows.push(noteItem('info', notice));
        rows.push(...suggestionRows(state.searched, query => this.#searchFor(query)));
        rows.unshift(...rewritingRows(state.searched, ids => this.#searchWithout(ids)));
        return this.#setRows(rows, state.anchor);
      }
    }
  }

  #setRows(rows: readonly PickItem[], active: string | null): void {
    this.#pick.items = rows;
    const hits = rows.filter(row => row.is === 'hit');
    this.#first = hits[0] === undefined ? null : hitKey(hits[0].hit);
    const chosen = active === null ? hits[0] : hits.find(row => hitKey(row.hit) === active);
    if (chosen !== undefined) this.#pick.activeItems = [chosen];
  }

  #activeKey(): string | null {
    const row = this.#pick.activeItems[0];
    return row?.is === 'hit' ? hitKey(row.hit) : null;
  }

  #moved(row: PickItem | undefined): void {
    if (!this.#parts.settings.preview.value || row?.is !== 'hit') return;
    // The first row is active by itself; a preview starts only when the user moves to another.
    if (this.#preview.started || hitKey(row.hit) !== this.#first) this.#preview.look(row.hit, row.searched);
  }

  #accept(row: PickItem | undefined): void {
    switch (row?.is) {
      case undefined:
      case 'note':
        return;
      case 'query':
        this.#pick.value = row.query;
        return this.#ask();
      case 'action':
        if (row.stays) return row.run();
        this.#close();
        return row.run();
      case 'hit':
        // The user typed on and pressed Enter before the answer: the rows belong to an older query, so none is opened.
        if (row.searched.query !== this.#query.trim()) return;
        return this.#open(row.hit, row.searched, false);
    }
  }

  #itemButton(row: PickItem, button: vscode.QuickInputButton): void {
    if (row.is === 'hit') this.#hitButton(row, actionOf(row, button));
    if (row.is === 'query') void this.#parts.errors.guard('recent', () => this.#forget(row.query));
  }

  #hitButton({ hit, searched }: Extract<PickItem, { is: 'hit' }>, action: ReturnType<typeof actionOf>): void {
    const { errors, feedback } = this.#parts;
    if (action === 'openToSide') this.#open(hit, searched, true);
    else if (action !== undefined)
      void errors.guard('feedback', () =>
        // Clicking the same mark again removes it.
        feedback.judgeAndSay(hit, searched.query, hit.verdict === action ? null : action),
      );
  }

  async #forget(query: string): Promise<void> {
    await this.#parts.recent.forget(query);
    if (this.#pick.value.trim() === '') this.#ask();
  }

  #button(button: vscode.QuickInputButton): void {
    if (button === this.#pick.buttons[0]) return this.#switchTo(nextChannel(this.#channel));
    const query = this.#query;
    this.#close();
    this.#parts.showInPanel(query, this.#channel);
  }

  #searchFor(query: string): void {
    this.#pick.value = query;
    this.#ask();
  }

  #showFar(searched: Searched): void {
    this.#setRows(
      searched.result.further.map(hit => hitItem(hit, searched)),
      null,
    );
  }

  #searchWithout(ids: readonly string[]): void {
    this.#without = [...this.#without, ...ids];
    this.#ask();
  }

  #switchTo(channel: Channel): void {
    this.#channel = channel;
    this.#describe();
    this.#ask();
  }

  #open(hit: Hit, searched: Searched, toSide: boolean): void {
    const { opener, recent, errors } = this.#parts;
    this.#close();
    void recent.remember(searched.query);
    void errors.guard('open', () => opener.open(hit, searched, { toSide }));
  }

  #close(): void {
    this.#accepted = true;
    this.#pick.hide();
  }

  #hidden(): void {
    void this.#parts.errors.guard('search box', () => this.#strays.finish());
    if (!this.#accepted) void this.#parts.errors.guard('preview', () => this.#preview.leave());
    this.dispose();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#closed.fire();
    this.#closed.dispose();
  }
}

function isLiteral(searched: Searched): boolean {
  return searched.result.stage === 'lexical';
}

function busyWith(status: EngineStatus | null): status is EngineStatus {
  return status !== null && status.activity !== 'idle';
}
