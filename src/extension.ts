/** Composition root of the window: builds the objects and connects them. It reads no file. */
import * as vscode from 'vscode';
import { Agents } from './editor/agents/agents.ts';
import { contextKeys } from './editor/commands.ts';
import { CurrentResults } from './editor/results/currentResults.ts';
import { ErrorReporter } from './editor/errors.ts';
import { Feedback } from './editor/results/feedback.ts';
import { Folders } from './editor/folders.ts';
import { MatchHover } from './editor/documents/hover.ts';
import { IndexingProgress } from './editor/status/indexingProgress.ts';
import { LedgerDocument } from './editor/status/ledgerView.ts';
import { MatchNavigation } from './editor/documents/matchNavigation.ts';
import { HitOpener } from './editor/documents/openHit.ts';
import { Models } from './editor/models/models.ts';
import { PanelHost } from './editor/panel/panelHost.ts';
import { TEXT_SCHEME } from './editor/documents/documentUri.ts';
import { TextDocuments } from './editor/documents/textDocuments.ts';
import { READABLE_GLOB } from './editor/documents/readable.ts';
import { RecentQueries } from './editor/searchBox/recentQueries.ts';
import { registerCommands } from './editor/registerCommands.ts';
import { ResultsTree } from './editor/results/resultsTree.ts';
import { Searcher } from './editor/searchBox/searcher.ts';
import { SearchBox } from './editor/searchBox/searchBox.ts';
import type { SearchPick } from './editor/searchBox/searchPick.ts';
import { Settings } from './editor/settings.ts';
import { Sidebar } from './editor/sidebar.ts';
import { StatusItem } from './editor/status/statusItem.ts';
import { StatusSource } from './editor/status/statusSource.ts';
import { TeamServers } from './editor/team/teamServers.ts';
import { Tints } from './editor/documents/tints.ts';
import { Watching } from './editor/watching.ts';
import { connectEngine } from './rpc/connect.ts';
import type { EngineClient } from './rpc/engineClient.ts';
import { visibleLines } from './text/visible.ts';
import { inform } from './editor/notices.ts';

/** The value that `activate` returns. `window` is there for the host tests only. */
export interface MalmoiApi {
  /** Milliseconds that `activate` took. */
  readonly activation: number;
  readonly window?: ReturnType<typeof buildWindow>;
}

export function activate(context: vscode.ExtensionContext): MalmoiApi {
  const start = performance.now();
  const window = buildWindow(context);
  context.subscriptions.push(window);
  const activation = performance.now() - start;
  // From here on, after `activate` has returned, the engine may be started and files may be read.
  setImmediate(() => window.start());
  return context.extensionMode === vscode.ExtensionMode.Test ? { activation, window } : { activation };
}

function buildWindow(context: vscode.ExtensionContext) {
  const base = buildBase(context);
  const searching = buildSearching(context, base);
  const views = buildViews(context, base, searching);
  const { client, settings, log, errors } = base;
  const { status, folders, current, texts, tints, recent } = searching;
  const { panel, models, sidebar, box } = views;
  const subscriptions = vscode.Disposable.from(
    client,
    log,
    settings,
    folders,
    status,
    current,
    texts,
    tints,
    searching.teams,
    ...Object.values(views),
    client.onIndexChanged(() => void errors.guard('text', () => texts.refresh())),
    new Watching(client, folders, errors),
    new IndexingProgress(status, client, context.workspaceState, errors),
    registerProviders(base, tints),
    registerCommands({
      ...base,
      ...searching,
      panel,
      models,
      sidebar,
      search: query => box.open(query),
    }),
    sendIndexingSettings(client, settings),
    askToReload(settings),
  );
  return {
    client,
    settings,
    status,
    folders,
    current,
    texts,
    tints,
    recent,
    ...views,
    get pick(): SearchPick | undefined {
      return box.pick;
    },
    start(): void {
      for (const key of Object.values(contextKeys)) {
        void vscode.commands.executeCommand('setContext', key, false);
      }
      searching.teams.updateContext();
      if (settings.indexOnStartup.value) void errors.guard('start', () => folders.open());
      views.statusItem.update();
    },
    dispose(): void {
      subscriptions.dispose();
    },
  };
}

type Base = ReturnType<typeof buildBase>;
type Searching = ReturnType<typeof buildSearching>;

/** Builds the objects that everything else stands on: the engine, the settings, and where faults go. */
function buildBase(context: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel('Malmoi', { log: true });
  const settings = new Settings();
  const version = String((context.extension.packageJSON as { readonly version?: unknown }).version);
  const client = connectEngine({
    enginePath: context.asAbsolutePath('dist/engine.js'),
    storePath: settings.storePath.value,
    modelPath: settings.modelPath.value,
    version,
    language: vscode.env.language,
    // Errors name files, and names of files may hold control characters.
    log: line => log.info(visibleLines(line)),
  });
  return { log, errors: new ErrorReporter(log), settings, version, client };
}

/** Builds the objects that search, hold what was found, and lead to it. */
function buildSearching(context: vscode.ExtensionContext, { client, settings, errors }: Base) {
  const folders = new Folders(client, settings, errors);
  const status = new StatusSource(client);
  const teams = new TeamServers({
    client,
    servers: settings.teamServers,
    secrets: context.secrets,
    errors,
  });
  /** All that is searched: the window's folders, and the team's servers, of which either may be missing. */
  const opened = async (): Promise<readonly string[]> => {
    await teams.ready();
    return teams.hasAny && folders.wanted.length === 0 ? [] : folders.opened();
  };
  const current = new CurrentResults();
  const tints = new Tints(settings.tint);
  const opener = new HitOpener(current, tints, errors);
  return {
    folders,
    opened,
    status,
    teams,
    searcher: new Searcher(client, opened, result => teams.offer(result)),
    current,
    tints,
    texts: new TextDocuments(client, opened),
    opener,
    navigation: new MatchNavigation(current, opener, tints),
    recent: new RecentQueries(context.workspaceState),
    feedback: new Feedback(client),
  };
}

/** Builds all that a person sees and works in; each is disposed of with the window. */
function buildViews(context: vscode.ExtensionContext, base: Base, searching: Searching) {
  const { client, settings, errors, version } = base;
  const { status, folders, opened, current } = searching;
  const parts = { ...base, ...searching };
  const panel = new PanelHost({
    ...parts,
    onIndexChanged: listener =>
      vscode.Disposable.from(
        client.onIndexChanged(listener),
        status.onDidChangeModel(() => listener()),
      ),
    root: vscode.Uri.joinPath(context.extensionUri, 'dist', 'panel'),
    icon: {
      light: vscode.Uri.joinPath(context.extensionUri, 'media', 'icon-light.svg'),
      dark: vscode.Uri.joinPath(context.extensionUri, 'media', 'icon-dark.svg'),
    },
  });
  const program = context.asAbsolutePath('dist/cli.js');
  return {
    tree: new ResultsTree(current, status, errors),
    panel,
    models: new Models({ service: client, status, settings, errors }),
    statusItem: new StatusItem(status, folders),
    sidebar: new Sidebar({ ...parts, memento: context.workspaceState }),
    agents: new Agents({ engine: client, folders, opened, settings, errors, program, version }),
    box: new SearchBox({
      ...parts,
      showInPanel: (wanted, channel) =>
        void errors.guard('panel', () => panel.showInSidebar(wanted, channel)),
    }),
  };
}

function registerProviders({ client, settings }: Base, tints: Tints): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(
      [{ scheme: 'file', pattern: READABLE_GLOB }, { scheme: TEXT_SCHEME }],
      new MatchHover(tints, settings.hover),
    ),
    vscode.workspace.registerTextDocumentContentProvider(LedgerDocument.scheme, new LedgerDocument(client)),
  );
}

/** The engine indexes at the pace that the settings allow, from the start and whenever they change. */
function sendIndexingSettings(client: EngineClient, settings: Settings): vscode.Disposable {
  const send = (): void =>
    client.setIndexing({
      share: settings.processorShare.value,
      pauseOnBattery: settings.pauseOnBattery.value,
    });
  send();
  return vscode.Disposable.from(
    settings.processorShare.onDidChange(send),
    settings.pauseOnBattery.onDidChange(send),
  );
}

/** Asks the user to reload: the engine's store and model are fixed when the window starts it. */
function askToReload(settings: Settings): vscode.Disposable {
  return vscode.Disposable.from(
    settings.storePath.onDidChange(() => void offerReload()),
    settings.modelPath.onDidChange(() => void offerReload()),
  );
}

async function offerReload(): Promise<void> {
  const reload = vscode.l10n.t('Reload Window');
  const message = vscode.l10n.t('Reload the window for Malmoi to use the new path.');
  if ((await inform(message, reload)) === reload) {
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }
}
