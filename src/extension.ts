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
import { SearchPick } from './editor/searchBox/searchPick.ts';
import { Settings } from './editor/settings.ts';
import { Sidebar } from './editor/sidebar.ts';
import { StatusItem } from './editor/status/statusItem.ts';
import { StatusSource } from './editor/status/statusSource.ts';
import { TeamServers } from './editor/team/teamServers.ts';
import { Tints } from './editor/documents/tints.ts';
import { Watching } from './editor/watching.ts';
import { connectEngine } from './rpc/connect.ts';
import { visibleLines } from './text/visible.ts';

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
  const log = vscode.window.createOutputChannel('Malmoi', { log: true });
  const errors = new ErrorReporter(log);
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
  const setIndexing = (): void =>
    client.setIndexing({
      share: settings.processorShare.value,
      pauseOnBattery: settings.pauseOnBattery.value,
    });
  setIndexing();
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
  const searcher = new Searcher(client, opened, result => teams.offer(result));
  const current = new CurrentResults();
  const tints = new Tints(settings.tint);
  const texts = new TextDocuments(client, opened);
  const opener = new HitOpener(current, tints, errors);
  const navigation = new MatchNavigation(current, opener, tints);
  const recent = new RecentQueries(context.workspaceState);
  const feedback = new Feedback(client);
  const tree = new ResultsTree(current, errors);
  const panel = new PanelHost({
    searcher,
    opener,
    current,
    recent,
    feedback,
    folders,
    teams,
    status,
    errors,
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
  const models = new Models({ service: client, status, settings, errors });
  const statusItem = new StatusItem(status, folders);
  const sidebar = new Sidebar({
    client,
    status,
    folders,
    settings,
    errors,
    searcher,
    current,
    opener,
    memento: context.workspaceState,
  });
  const program = context.asAbsolutePath('dist/cli.js');
  const agents = new Agents({ engine: client, folders, opened, settings, errors, program, version });
  let pick: SearchPick | undefined;
  const search = (query: string): void => {
    pick?.dispose();
    pick = new SearchPick(
      {
        searcher,
        opener,
        recent,
        feedback,
        settings,
        errors,
        status,
        showInPanel: (wanted, channel) =>
          void errors.guard('panel', () => panel.showInSidebar(wanted, channel)),
      },
      query,
    );
  };
  const subscriptions = vscode.Disposable.from(
    client,
    log,
    settings,
    folders,
    status,
    current,
    texts,
    settings.processorShare.onDidChange(setIndexing),
    settings.pauseOnBattery.onDidChange(setIndexing),
    client.onIndexChanged(() => void errors.guard('text', () => texts.refresh())),
    tints,
    tree,
    panel,
    models,
    teams,
    statusItem,
    sidebar,
    agents,
    new Watching(client, folders, errors),
    new IndexingProgress(status, client, context.workspaceState, errors),
    vscode.languages.registerHoverProvider(
      [{ scheme: 'file', pattern: READABLE_GLOB }, { scheme: TEXT_SCHEME }],
      new MatchHover(tints, settings.hover),
    ),
    vscode.workspace.registerTextDocumentContentProvider(LedgerDocument.scheme, new LedgerDocument(client)),
    registerCommands({
      client,
      folders,
      current,
      opener,
      feedback,
      navigation,
      tints,
      panel,
      settings,
      models,
      teams,
      status,
      errors,
      log,
      sidebar,
      search,
      opened,
    }),
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
    tree,
    panel,
    models,
    statusItem,
    sidebar,
    agents,
    recent,
    get pick(): SearchPick | undefined {
      return pick;
    },
    start(): void {
      for (const key of Object.values(contextKeys)) {
        void vscode.commands.executeCommand('setContext', key, false);
      }
      teams.updateContext();
      if (settings.indexOnStartup.value) void errors.guard('start', () => folders.open());
      statusItem.update();
    },
    dispose(): void {
      pick?.dispose();
      subscriptions.dispose();
    },
  };
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
  if ((await vscode.window.showInformationMessage(message, reload)) === reload) {
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }
}
