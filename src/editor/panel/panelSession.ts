/** One open panel (in the sidebar or as an editor tab): answers its messages. */
import * as vscode from 'vscode';
import type { FromPanel, OfferedFacet, PanelCommand, ToPanel } from '../../../media/panel/messages.ts';
import { panelText } from '../../../media/panel/text.ts';
import type { Channel } from '../../domain/channel.ts';
import type { EngineStatus } from '../../domain/engineStatus.ts';
import type { Hit } from '../../domain/hit.ts';
import type { TextRange } from '../../domain/textRange.ts';
import { withinLimit } from '../../domain/queryLimits.ts';
import { facetsOf, narrowed } from '../../search/facets.ts';
import type { CommandId } from '../commands.ts';
import { commands } from '../commands.ts';
import type { CurrentResults } from '../results/currentResults.ts';
import type { ErrorReporter } from '../errors.ts';
import { isAbort } from '../../threads/abort.ts';
import type { Feedback } from '../results/feedback.ts';
import type { Folders } from '../folders.ts';
import type { HitOpener } from '../documents/openHit.ts';
import { panelHtml } from './panelHtml.ts';
import { parseFromPanel } from './panelMessages.ts';
import type { RecentQueries } from '../searchBox/recentQueries.ts';
import type { Searched, Searcher } from '../searchBox/searcher.ts';
import type { StatusSource } from '../status/statusSource.ts';
import type { TeamServers } from '../team/teamServers.ts';

export interface PanelParts {
  readonly searcher: Searcher;
  readonly opener: HitOpener;
  readonly current: CurrentResults;
  readonly recent: RecentQueries;
  readonly feedback: Feedback;
  readonly folders: Folders;
  readonly teams: Pick<TeamServers, 'count' | 'onDidChange'>;
  readonly status: StatusSource;
  readonly errors: ErrorReporter;
  readonly onIndexChanged: vscode.Event<void>;
  /** dist/panel */
  readonly root: vscode.Uri;
  readonly icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
}

const STARTING: EngineStatus = {
  activity: 'starting',
  done: 0,
  total: 0,
  read: 0,
  documents: 0,
  passages: 0,
  bytes: 0,
  failed: 0,
  skipped: 0,
  tokensPerSecond: 0,
  secondsLeft: null,
  model: null,
  switching: null,
  job: null,
  problem: null,
};

const panelCommands: Readonly<Record<PanelCommand, CommandId | 'vscode.openFolder'>> = {
  pause: commands.pause,
  resume: commands.resume,
  rebuild: commands.rebuild,
  ledger: commands.showLedger,
  settings: commands.openSettings,
  showLog: commands.showLog,
  openTab: commands.openPanel,
  chooseModel: commands.chooseModel,
  restart: commands.restartEngine,
  openFolder: 'vscode.openFolder',
};

export class PanelSession implements vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly #surface: 'sidebar' | 'tab';
  readonly #parts: PanelParts;
  readonly #subscriptions: vscode.Disposable;
  #request: { readonly number: number; readonly abort: AbortController; searched: Searched | null } | null =
    null;
  /** A text whose quotation marks and hyphens are not operators, as long as the box holds it unchanged. */
  #plain: string | null = null;
  #published: Searched | null = null;
  #ready = false;
  /** Messages to send when the page is ready. */
  #waiting: ToPanel[] = [];

  constructor(webview: vscode.Webview, surface: 'sidebar' | 'tab', parts: PanelParts) {
    this.#webview = webview;
    this.#surface = surface;
    this.#parts = parts;
    webview.options = { enableScripts: true, localResourceRoots: [parts.root] };
    this.#subscriptions = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => this.#received(message)),
      parts.status.onDidChange(() => this.#send({ type: 'status', status: this.#status })),
      parts.onIndexChanged(() => this.#send({ type: 'indexChanged' })),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#send(this.#folders)),
      parts.teams.onDidChange(() => this.#send(this.#folders)),
    );
    webview.html = panelHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(parts.root, 'panel.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(parts.root, 'panel.css')).toString(),
      language: vscode.env.language,
      title: panelText(vscode.env.language).title,
    });
  }

  get ready(): boolean {
    return this.#ready;
  }

  /**
   * Fills the query box and searches; without a query, it only moves the keyboard there. `plain`: nothing in the text
   * is an operator.
   */
  show(wanted: string | null, channel: Channel, plain: boolean): void {
    // Cut to the length that box and engine accept: the text that the page sends back must be the same.
    const query = wanted === null ? null : withinLimit(wanted);
    if (query !== null) this.#plain = plain ? query : null;
    this.#sendWhenReady(query === null ? { type: 'focus' } : { type: 'show', query, channel });
  }

  addWord(word: string): void {
    this.#sendWhenReady({ type: 'addWord', word });
  }

  get #status(): EngineStatus {
    const { value, connection } = this.#parts.status;
    if (connection.state === 'failed') {
      return { ...(value ?? STARTING), activity: 'failed', problem: connection.message };
    }
    return value ?? STARTING;
  }

  get #folders(): ToPanel {
    const { folders, teams } = this.#parts;
    return { type: 'folders', count: folders.wanted.length, teams: teams.count };
  }

  #received(message: unknown): void {
    const parsed = parseFromPanel(message);
    if (parsed === null) {
      this.#parts.errors.log('panel', new Error('A message of an unknown form was ignored.'));
      return;
    }
    void this.#parts.errors.guard('panel', () => this.#handle(parsed));
  }

  async #handle(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        return this.#initialise();
      case 'search':
        return this.#search(message);
      case 'cancel':
        if (this.#request?.number === message.request) this.#request.abort.abort();
        return;
      case 'open':
        return this.#open(message);
      case 'judge':
        return this.#judge(message);
      case 'why':
        await vscode.commands.executeCommand(commands.whyNot, message.query);
        return;
      case 'command':
        await vscode.commands.executeCommand(panelCommands[message.command]);
    }
  }

  #initialise(): void {
    const language = vscode.env.language;
    this.#ready = true;
    const strings = panelText(language);
    this.#send({ type: 'initialise', surface: this.#surface, language, strings, status: this.#status });
    this.#send(this.#folders);
    for (const message of this.#waiting.splice(0)) this.#send(message);
  }

  async #search(wanted: Extract<FromPanel, { type: 'search' }>): Promise<void> {
    const { request: number, search } = wanted;
    const { query, channel } = search;
    this.#request?.abort.abort();
    const abort = new AbortController();
    const request = { number, abort, searched: null as Searched | null };
    this.#request = request;
    const answer = (searched: Searched): void => {
      if (abort.signal.aborted) return;
      request.searched = searched;
      this.#send({ type: 'results', request: number, result: searched.result, ...offered(searched) });
    };
    const { searcher, errors } = this.#parts;
    try {
      const searched = await searcher.search(
        { ...search, plain: query === this.#plain },
        { signal: abort.signal, onLexical: result => answer({ query, channel, result }) },
      );
      if (abort.signal.aborted) return;
      answer(searched);
      this.#publish(searched, wanted.isRefresh);
    } catch (error) {
      if (isAbort(error) || abort.signal.aborted) return;
      this.#send({ type: 'failed', request: number, message: errors.message('panel search', error) });
    }
  }

  /** A refresh must not replace what the person has searched for elsewhere, or put back what they have cleared. */
  #publish(searched: Searched, isRefresh: boolean): void {
    const { current } = this.#parts;
    if (isRefresh && current.searched !== this.#published) return;
    this.#published = searched;
    current.publish(searched);
  }

  async #open(wanted: Extract<FromPanel, { type: 'open' }>): Promise<void> {
    const searched = this.#request?.number === wanted.request ? this.#request.searched : null;
    const hit = hitIn(searched, wanted.id);
    if (searched === null || hit === undefined) return;
    await this.#parts.recent.remember(searched.query);
    await this.#parts.opener.open(hit, searched, {
      range: clampTo(hit.text.length, wanted.range),
      toSide: wanted.toSide || this.#surface === 'tab',
      preserveFocus: wanted.preserveFocus,
    });
  }

  async #judge({ request, id, verdict }: Extract<FromPanel, { type: 'judge' }>): Promise<void> {
    const searched = this.#request?.number === request ? this.#request.searched : null;
    const hit = hitIn(searched, id);
    if (searched === null || hit === undefined) return;
    await this.#parts.feedback.judge(hit, searched.query, verdict);
    this.#send({ type: 'judged', request, id, verdict });
  }

  #sendWhenReady(message: ToPanel): void {
    if (this.#ready) this.#send(message);
    else this.#waiting.push(message);
  }

  #send(message: ToPanel): void {
    // A webview's postMessage has no target origin: its only listener is its own page.
    if (this.#ready) void this.#webview.postMessage(message);
  }

  /** The page is gone, because hidden views are destroyed; it sends `ready` when it comes back. */
  sleep(): void {
    this.#ready = false;
    this.#request?.abort.abort();
  }

  dispose(): void {
    this.#request?.abort.abort();
    this.#subscriptions.dispose();
  }
}

function clampTo(length: number, range: TextRange | null): TextRange | null {
  return range !== null && range.start < range.end && range.end <= length ? range : null;
}

function offered({ query, result }: Searched): { readonly facets?: readonly OfferedFacet[] } {
  if (result.stage !== 'final') return {};
  return {
    facets: facetsOf(result.hits).map(({ operator, ...facet }) => ({
      ...facet,
      query: narrowed(query, operator),
    })),
  };
}

/** A hit of a result, including those that are folded away. */
function hitIn(searched: Searched | null | undefined, id: string): Hit | undefined {
  const result = searched?.result;
  return result === undefined ? undefined : [...result.hits, ...result.further].find(hit => hit.id === id);
}
