/** The handlers of the commands. Their type makes a command without a handler an error. */
import * as vscode from 'vscode';
import type { Channel } from '../domain/channel.ts';
import type { Verdict } from '../domain/feedback.ts';
import type { EngineClient } from '../rpc/engineClient.ts';
import type { CommandId } from './commands.ts';
import { commands } from './commands.ts';
import type { CurrentResults } from './results/currentResults.ts';
import type { ErrorReporter } from './errors.ts';
import { LocalisedError } from './errors.ts';
import type { Feedback } from './results/feedback.ts';
import type { Folders } from './folders.ts';
import type { WhyPorts } from './why/whyNot.ts';
import { hitOf, nodeOf } from './documents/commandArguments.ts';
import {
  editorInFront,
  fileOf,
  filePath,
  openAsText,
  openFileOriginal,
  wordAtCursor,
} from './documents/commandTargets.ts';
import { chooseEncoding } from './documents/chooseEncoding.ts';
import { hubIdOf } from './models/hubAddress.ts';
import { indexFirst } from './status/indexFirst.ts';
import { showLedger } from './status/ledgerView.ts';
import type { MatchNavigation } from './documents/matchNavigation.ts';
import type { Models } from './models/models.ts';
import type { OpenOptions } from './documents/openHit.ts';
import type { HitOpener } from './documents/openHit.ts';
import type { PanelHost } from './panel/panelHost.ts';
import { asQuery, paragraphAround, selectedText } from './documents/selectionQuery.ts';
import type { Settings } from './settings.ts';
import type { Sidebar, SidebarCommand } from './sidebar.ts';
import { showStatusMenu } from './status/statusMenu.ts';
import type { StatusSource } from './status/statusSource.ts';
import type { TeamServers } from './team/teamServers.ts';
import type { Tints } from './documents/tints.ts';

export interface CommandParts {
  readonly client: EngineClient;
  readonly folders: Folders;
  readonly current: CurrentResults;
  readonly opener: HitOpener;
  readonly feedback: Feedback;
  readonly navigation: MatchNavigation;
  readonly tints: Tints;
  readonly panel: PanelHost;
  readonly settings: Settings;
  readonly models: Models;
  readonly teams: TeamServers;
  readonly status: StatusSource;
  readonly errors: ErrorReporter;
  readonly log: vscode.LogOutputChannel;
  readonly sidebar: Sidebar;
  /** Resolves to the folders that are searched, which may be none where there is a team's server. */
  readonly opened: () => Promise<readonly string[]>;
  /** Opens the search box. */
  readonly search: (query: string) => void;
}

/** `selected`: what is selected in a tree that takes several, when the command is run on one of them. */
export type Handler = (argument: unknown, selected?: unknown) => unknown;
type Handlers = Readonly<Record<CommandId, Handler>>;

export function registerCommands(parts: CommandParts): vscode.Disposable {
  const handlers: Handlers = { ...handlersOf(parts), ...parts.sidebar.handlers };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([id, handle]) =>
      vscode.commands.registerCommand(id, (argument: unknown, selected: unknown) =>
        parts.errors.guard(id, () => handle(argument, selected)),
      ),
    ),
  );
}

function handlersOf(parts: CommandParts): Omit<Handlers, SidebarCommand> {
  return {
    ...searchHandlers(parts),
    ...documentHandlers(parts),
    ...resultHandlers(parts),
    ...indexHandlers(parts),
    ...modelHandlers(parts),
  };
}

function searchHandlers({ search, panel, settings, tints, current }: CommandParts) {
  const channel = (): Channel => settings.channel.value;
  return {
    [commands.search]: (query: unknown) => search(typeof query === 'string' ? query : ''),
    [commands.searchSelection]: () => search(asQuery(selectedText(editorInFront()) ?? wordAtCursor())),
    [commands.findSimilar]: () => findSimilar(panel),
    [commands.openPanel]: (query: unknown) =>
      panel.showAsTab(typeof query === 'string' ? query : null, channel()),
    [commands.showInPanel]: (query: unknown) => {
      const shown = tints.searched ?? current.searched;
      const wanted = typeof query === 'string' ? query : (shown?.query ?? null);
      return panel.showInSidebar(
        wanted,
        typeof query === 'string' ? channel() : (shown?.channel ?? channel()),
      );
    },
    [commands.addWord]: () => panel.addWord(asQuery(selectedText(editorInFront()) ?? wordAtCursor())),
  } satisfies Readonly<Record<string, Handler>>;
}

/** Commands in a document: going from match to match, and opening it in another way. */
function documentHandlers({ navigation, tints }: CommandParts) {
  return {
    [commands.nextMatch]: () => navigation.passage(1),
    [commands.previousMatch]: () => navigation.passage(-1),
    [commands.nextWord]: () => navigation.word(1),
    [commands.previousWord]: () => navigation.word(-1),
    [commands.peekMatches]: () => navigation.peek(),
    [commands.openAsText]: (argument: unknown) => openAsText(argument),
    [commands.openOriginal]: (argument: unknown) => openFileOriginal(argument),
    [commands.chooseEncoding]: (argument: unknown) => chooseEncoding(fileOf(argument)),
    [commands.clearTints]: () => tints.clear(),
  } satisfies Readonly<Record<string, Handler>>;
}

function resultHandlers(parts: CommandParts) {
  const { tints, current } = parts;
  return {
    [commands.openHit]: (node: unknown) => openHit(parts, node, {}),
    [commands.openHitToSide]: (node: unknown) => openHit(parts, node, { toSide: true }),
    [commands.copyPath]: (node: unknown) => {
      const path = filePath(node);
      return path === undefined ? undefined : vscode.env.clipboard.writeText(path);
    },
    [commands.copyPassage]: (node: unknown) => {
      const hit = hitOf(node);
      return hit === undefined ? undefined : vscode.env.clipboard.writeText(hit.text);
    },
    [commands.markRelevant]: (node: unknown) => judge(parts, node, 'relevant'),
    [commands.markNotRelevant]: (node: unknown) => judge(parts, node, 'notRelevant'),
    [commands.clearRelevance]: (node: unknown) => judge(parts, node, null),
    [commands.clearResults]: () => {
      tints.clear();
      current.publish(null);
    },
  } satisfies Readonly<Record<string, Handler>>;
}

/** Commands about the index and the engine that keeps it. */
function indexHandlers(parts: CommandParts) {
  const { client, folders, errors, log, status } = parts;
  return {
    [commands.statusMenu]: () => showStatusMenu(status),
    [commands.showLedger]: async () => {
      await folders.opened();
      await showLedger(client, errors);
    },
    [commands.whyNot]: async (argument: unknown) => {
      const query = typeof argument === 'string' ? argument : null;
      const isAsked = argument instanceof vscode.Uri || nodeOf(argument).is !== undefined;
      // Its sentences are loaded with the first question.
      const { whyNot } = await import('./why/whyNot.ts');
      return whyNot(whyPorts(parts), isAsked ? fileOf(argument) : undefined, query);
    },
    [commands.indexFirst]: (argument: unknown) => indexFirst(client, folders, argument),
    [commands.pause]: () => client.pause(),
    [commands.resume]: () => client.resume(),
    [commands.rebuild]: () => rebuild(client, folders),
    [commands.restartEngine]: () => client.restart(),
    [commands.showLog]: () => log.show(),
    [commands.openSettings]: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:malmoi.malmoi'),
  } satisfies Readonly<Record<string, Handler>>;
}

function modelHandlers({ models, teams }: CommandParts) {
  return {
    [commands.chooseModel]: () => models.choose(),
    [commands.downloadModel]: (id: unknown) => models.download(typeof id === 'string' ? hubIdOf(id) : null),
    [commands.importModel]: () => models.import(),
    [commands.removeModel]: () => models.remove(),
    [commands.showModelJob]: () => models.showJob(),
    [commands.cancelModelJob]: () => models.cancelJob(),
    [commands.cancelModelSwitch]: () => models.cancelSwitch(),
    [commands.teamSignIn]: (name: unknown) => teams.signIn(typeof name === 'string' ? name : undefined),
    [commands.teamSignOut]: () => teams.signOut(),
  } satisfies Readonly<Record<string, Handler>>;
}

function whyPorts({ client, opened, current, opener }: CommandParts): WhyPorts {
  return {
    engine: client,
    folders: opened,
    searched: () => current.searched,
    open: (hit, searched) => opener.open(hit, searched),
  };
}

async function rebuild(client: EngineClient, folders: Folders): Promise<void> {
  await folders.opened();
  const confirm = vscode.l10n.t('Rebuild');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Rebuild the index of the open folders?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Every document is read and indexed again, which can take a while. Your documents are not changed.',
      ),
    },
    confirm,
  );
  if (choice === confirm) await client.rebuild();
}

async function openHit(
  { current, opener }: CommandParts,
  node: unknown,
  options: OpenOptions,
): Promise<void> {
  const hit = hitOf(node);
  const { searched } = current;
  if (hit === undefined || searched === null || !current.hits.includes(hit)) return;
  await opener.open(hit, searched, options);
}

async function judge({ current, feedback }: CommandParts, node: unknown, verdict: Verdict): Promise<void> {
  const hit = hitOf(node);
  const { searched } = current;
  if (hit === undefined || searched === null || !current.hits.includes(hit)) return;
  await feedback.judgeAndSay(hit, searched.query, verdict);
}

async function findSimilar(panel: PanelHost): Promise<void> {
  const text = paragraphAround(editorInFront());
  if (text === null) {
    throw new LocalisedError(
      vscode.l10n.t('Put the cursor into a paragraph, or select some text, and try again.'),
    );
  }
  await panel.showInSidebar(asQuery(text), 'hybrid', true);
}
