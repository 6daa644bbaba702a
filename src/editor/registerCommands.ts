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
import { whyNot, type WhyPorts } from './why/whyNot.ts';
import type { DocumentRequest } from '../domain/document.ts';
import { hitOf, nodeOf, placeOfNode } from './documents/commandArguments.ts';
import { teamOfFolder } from '../domain/team/team.ts';
import { addressOf, documentUri, sourceOf } from './documents/documentUri.ts';
import { openOriginal } from './documents/openOriginal.ts';
import { chooseEncoding } from './documents/chooseEncoding.ts';
import { fileUri } from './documents/hitUri.ts';
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
  const { client, folders, current, navigation, tints, panel, settings, models } = parts;
  const channel = (): Channel => settings.channel.value;
  return {
    [commands.search]: query => parts.search(typeof query === 'string' ? query : ''),
    [commands.searchSelection]: () => parts.search(asQuery(selectedText(editorInFront()) ?? wordAtCursor())),
    [commands.findSimilar]: () => findSimilar(panel),
    [commands.openPanel]: query => panel.showAsTab(typeof query === 'string' ? query : null, channel()),
    [commands.showInPanel]: query => {
      const shown = tints.searched ?? current.searched;
      const wanted = typeof query === 'string' ? query : (shown?.query ?? null);
      return panel.showInSidebar(
        wanted,
        typeof query === 'string' ? channel() : (shown?.channel ?? channel()),
      );
    },
    [commands.nextMatch]: () => navigation.passage(1),
    [commands.previousMatch]: () => navigation.passage(-1),
    [commands.nextWord]: () => navigation.word(1),
    [commands.previousWord]: () => navigation.word(-1),
    [commands.peekMatches]: () => navigation.peek(),
    [commands.addWord]: () => panel.addWord(asQuery(selectedText(editorInFront()) ?? wordAtCursor())),
    [commands.openHit]: node => openHit(parts, node, {}),
    [commands.openHitToSide]: node => openHit(parts, node, { toSide: true }),
    [commands.openAsText]: argument => openAsText(argument),
    [commands.openOriginal]: argument => openFileOriginal(argument),
    [commands.chooseEncoding]: argument => chooseEncoding(fileOf(argument)),
    [commands.copyPath]: node => {
      const path = filePath(node);
      return path === undefined ? undefined : vscode.env.clipboard.writeText(path);
    },
    [commands.copyPassage]: node => {
      const hit = hitOf(node);
      return hit === undefined ? undefined : vscode.env.clipboard.writeText(hit.text);
    },
    [commands.markRelevant]: node => judge(parts, node, 'relevant'),
    [commands.markNotRelevant]: node => judge(parts, node, 'notRelevant'),
    [commands.clearRelevance]: node => judge(parts, node, null),
    [commands.clearResults]: () => {
      tints.clear();
      current.publish(null);
    },
    [commands.clearTints]: () => tints.clear(),
    [commands.statusMenu]: () => showStatusMenu(parts.status),
    [commands.showLedger]: async () => {
      await folders.opened();
      await showLedger(client, parts.errors);
    },
    [commands.whyNot]: argument => {
      const query = typeof argument === 'string' ? argument : null;
      const isAsked = argument instanceof vscode.Uri || nodeOf(argument).is !== undefined;
      return whyNot(whyPorts(parts), isAsked ? fileOf(argument) : undefined, query);
    },
    [commands.indexFirst]: argument => indexFirst(client, folders, argument),
    [commands.pause]: () => client.pause(),
    [commands.resume]: () => client.resume(),
    [commands.rebuild]: () => rebuild(client, folders),
    [commands.restartEngine]: () => client.restart(),
    [commands.chooseModel]: () => models.choose(),
    [commands.downloadModel]: id => models.download(typeof id === 'string' ? hubIdOf(id) : null),
    [commands.importModel]: () => models.import(),
    [commands.removeModel]: () => models.remove(),
    [commands.showModelJob]: () => models.showJob(),
    [commands.cancelModelJob]: () => models.cancelJob(),
    [commands.cancelModelSwitch]: () => models.cancelSwitch(),
    [commands.teamSignIn]: name => parts.teams.signIn(typeof name === 'string' ? name : undefined),
    [commands.teamSignOut]: () => parts.teams.signOut(),
    [commands.showLog]: () => parts.log.show(),
    [commands.openSettings]: () =>
      vscode.commands.executeCommand('workbench.action.openSettings', '@ext:malmoi.malmoi'),
  };
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

function editorInFront(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new LocalisedError(vscode.l10n.t('Open a document first.'));
  return editor;
}

function wordAtCursor(): string {
  const editor = editorInFront();
  const range = editor.document.getWordRangeAtPosition(editor.selection.active);
  return range === undefined ? '' : editor.document.getText(range);
}

/** The file that a command is about: a result, a file of the explorer, or the active document. */
function fileOf(argument: unknown): DocumentRequest | undefined {
  const place = placeOfNode(argument);
  if (place !== undefined) return place;
  const uri = argument instanceof vscode.Uri ? argument : uriInFront();
  const folder = uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(uri);
  if (uri === undefined || folder === undefined)
    return uri === undefined ? undefined : (sourceOf(uri) ?? undefined);
  return { folder: folder.uri.fsPath, file: uri.path.slice(folder.uri.path.length + 1) };
}

function uriInFront(): vscode.Uri | undefined {
  const input: unknown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  return vscode.window.activeTextEditor?.document.uri;
}

async function openAsText(argument: unknown): Promise<void> {
  const source = fileOf(argument);
  if (source === undefined) throw new LocalisedError(vscode.l10n.t('Open a document first.'));
  const document = await vscode.workspace.openTextDocument(documentUri(source.folder, source.file));
  await vscode.window.showTextDocument(document, { preview: true });
}

function noOriginal(): LocalisedError {
  return new LocalisedError(
    vscode.l10n.t(
      'This document is on the team’s server alone. Name its folder on this computer (“folders”) or an address (“link”) in the setting malmoi.team.servers to open the original.',
    ),
  );
}

/** The address of a team's document, from the hit or from the document that shows it. */
function linkOf(argument: unknown): string | null {
  const { origin } = hitOf(argument) ?? {};
  const uri = argument instanceof vscode.Uri ? argument : uriInFront();
  return origin?.link ?? (uri === undefined ? null : addressOf(uri));
}

async function openFileOriginal(argument: unknown): Promise<void> {
  const source = fileOf(argument);
  if (source === undefined) throw new LocalisedError(vscode.l10n.t('Open a document first.'));
  const link = linkOf(argument);
  if (link !== null) await vscode.env.openExternal(vscode.Uri.parse(link, true));
  else if (teamOfFolder(source.folder) !== null) throw noOriginal();
  else await openOriginal(fileUri(source.folder, source.file));
}

function filePath(argument: unknown): string | undefined {
  const place = placeOfNode(argument);
  if (place === undefined) return undefined;
  const team = teamOfFolder(place.folder);
  if (team !== null) return hitOf(argument)?.origin?.link ?? `${team.source}/${place.file}`;
  return fileUri(place.folder, place.file).fsPath;
}
