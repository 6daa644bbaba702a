/** The views below the results, and what leaves the results: how they are made, and what their commands do. */
import * as vscode from 'vscode';
import type { EngineClient } from '../rpc/engineClient.ts';
import { commands, views } from './commands.ts';
import { exportCoverage, filterCoverage, retryFiles } from './coverage/coverageCommands.ts';
import { EVERYTHING } from './coverage/coverageGroups.ts';
import { CoverageTree } from './coverage/coverageTree.ts';
import { FileDecorations } from './coverage/fileDecorations.ts';
import { LedgerSource } from './coverage/ledgerSource.ts';
import { hitOf, placeOfNode } from './documents/commandArguments.ts';
import { fileUri } from './documents/hitUri.ts';
import type { HitOpener } from './documents/openHit.ts';
import type { ErrorReporter } from './errors.ts';
import { LocalisedError } from './errors.ts';
import { exportResults, linkTo, quotationOf, searchedNow } from './export/exportCommands.ts';
import { SearchEditor } from './export/searchEditor.ts';
import { narrow } from './facets/narrow.ts';
import type { Folders } from './folders.ts';
import { asSearched, relatedAsked, relatedFile, type RelatedPlace } from './related/relatedText.ts';
import { RelatedView } from './related/relatedView.ts';
import type { CurrentResults } from './results/currentResults.ts';
import { SavedSearches, type SavedSearch } from './saved/savedSearches.ts';
import { SavedTree } from './saved/savedTree.ts';
import type { Searcher } from './searchBox/searcher.ts';
import type { Settings } from './settings.ts';
import { watchTrouble } from './sidebarTree.ts';
import type { StatusSource } from './status/statusSource.ts';

export interface SidebarParts {
  readonly client: EngineClient;
  readonly status: StatusSource;
  readonly folders: Folders;
  readonly settings: Settings;
  readonly errors: ErrorReporter;
  readonly searcher: Searcher;
  readonly current: CurrentResults;
  readonly opener: HitOpener;
  readonly memento: vscode.Memento;
}

type Handler = (argument: unknown, selected?: unknown) => unknown;
type Handlers = Readonly<Record<SidebarCommand, Handler>>;

export type SidebarCommand =
  | keyof ReturnType<typeof coverageHandlers>
  | keyof ReturnType<typeof relatedHandlers>
  | keyof ReturnType<typeof savedHandlers>
  | keyof ReturnType<typeof exportHandlers>;

export class Sidebar implements vscode.Disposable {
  readonly ledger: LedgerSource;
  readonly coverage: CoverageTree;
  readonly related: RelatedView;
  readonly saved: SavedTree;
  readonly searchEditor = new SearchEditor();
  readonly handlers: Handlers;
  readonly #subscriptions: vscode.Disposable;

  constructor(parts: SidebarParts) {
    const { client, status, folders, settings, errors, memento } = parts;
    this.ledger = new LedgerSource(client, status, folders, errors);
    this.coverage = new CoverageTree(this.ledger, status);
    this.related = new RelatedView({ client, folders, errors, status, follow: settings.followCursor });
    this.saved = new SavedTree({ ...parts, saved: new SavedSearches(memento) });
    this.handlers = {
      ...coverageHandlers(client, this.coverage, this.ledger),
      ...relatedHandlers(this.related, parts),
      ...savedHandlers(this.saved, parts),
      ...exportHandlers(this.searchEditor, parts),
    };
    this.#subscriptions = vscode.Disposable.from(
      this.ledger,
      this.coverage,
      this.related,
      this.saved,
      this.searchEditor,
      watchTrouble(status),
      new FileDecorations(this.ledger, settings.fileDecorations),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function coverageHandlers(client: EngineClient, coverage: CoverageTree, ledger: LedgerSource) {
  return {
    [commands.showCoverage]: () => vscode.commands.executeCommand(`${views.coverage}.focus`),
    [commands.filterCoverage]: () => filterCoverage(coverage, ledger),
    [commands.clearCoverageFilter]: () => coverage.show(EVERYTHING),
    [commands.exportCoverage]: () => exportCoverage(coverage, ledger),
    [commands.retryFile]: (node: unknown, selected: unknown) =>
      retryFiles(client, Array.isArray(selected) ? selected : [node]),
    [commands.revealFile]: (node: unknown) => {
      const place = placeOfNode(node);
      if (place === undefined) return undefined;
      return vscode.commands.executeCommand('revealInExplorer', fileUri(place.folder, place.file));
    },
  } satisfies Readonly<Record<string, Handler>>;
}

function relatedHandlers(related: RelatedView, { opener }: SidebarParts) {
  const show = (place: RelatedPlace): Promise<void> => related.show(place, place.line);
  return {
    [commands.findRelated]: (node: unknown) => show(askedBy(node)),
    [commands.findRelatedFiles]: (node: unknown) => show({ ...askedBy(node), line: null }),
    [commands.openRelated]: async (argument: unknown) => {
      const { result } = related;
      const hit = result?.hits.find(each => each.id === hitIdOf(argument));
      if (result === null || hit === undefined) return;
      // The results of the search stay what they are.
      await opener.open(hit, asSearched(result), { passing: true });
    },
    [commands.followCursor]: () => setFollow(true),
    [commands.stopFollowingCursor]: () => setFollow(false),
  } satisfies Readonly<Record<string, Handler>>;
}

function setFollow(value: boolean): Thenable<void> {
  const configuration = vscode.workspace.getConfiguration();
  return configuration.update('malmoi.related.followCursor', value, vscode.ConfigurationTarget.Global);
}

/** A result, a file of the explorer, or the cursor in the active editor. */
function askedBy(argument: unknown): RelatedPlace {
  const place = placeOfNode(argument);
  if (place !== undefined) return { ...place, line: hitOf(argument)?.line ?? null };
  if (argument instanceof vscode.Uri) {
    const file = relatedFile(argument);
    if (file !== null) return { ...file, line: null };
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new LocalisedError(vscode.l10n.t('Open a document first.'));
  const asked = relatedAsked(editor);
  if (asked === null)
    throw new LocalisedError(
      vscode.l10n.t('This document is not in an open folder, or Malmoi does not read its format.'),
    );
  return asked;
}

function hitIdOf(argument: unknown): unknown {
  const hit = typeof argument === 'object' && argument !== null && 'hit' in argument ? argument.hit : null;
  return typeof hit === 'object' && hit !== null && 'id' in hit ? hit.id : undefined;
}

function savedHandlers(saved: SavedTree, { current, searcher }: SidebarParts) {
  const shown = async (query: string, channel: SavedSearch['channel']): Promise<void> => {
    current.publish(await searcher.search({ query, channel, limit: 30 }));
    await vscode.commands.executeCommand(commands.showInPanel, query);
  };
  return {
    [commands.saveSearch]: () => saved.keep(searchedNow(current)),
    [commands.openSaved]: async (argument: unknown) => {
      const search = savedOf(saved, argument);
      if (search === undefined) return;
      await shown(search.query, search.channel);
      await saved.see(search);
    },
    [commands.removeSaved]: (argument: unknown) => {
      const search = savedOf(saved, argument);
      return search === undefined ? undefined : saved.remove(search);
    },
    [commands.narrow]: async () => {
      const query = await narrow(current);
      if (query !== undefined) await shown(query, current.searched?.channel ?? 'hybrid');
    },
  } satisfies Readonly<Record<string, Handler>>;
}

function savedOf(saved: SavedTree, argument: unknown): SavedSearch | undefined {
  const asked =
    typeof argument === 'object' && argument !== null && 'search' in argument ? argument.search : null;
  const query = typeof asked === 'object' && asked !== null && 'query' in asked ? asked.query : undefined;
  return saved.getChildren().find(({ search }) => search.query === query)?.search;
}

function exportHandlers(searchEditor: SearchEditor, { current }: SidebarParts) {
  const copy =
    (text: typeof linkTo): Handler =>
    node => {
      const hit = hitOf(node) ?? current.current;
      return hit === undefined ? undefined : vscode.env.clipboard.writeText(text(hit));
    };
  return {
    [commands.copyLink]: copy(linkTo),
    [commands.copyQuotation]: copy(quotationOf),
    [commands.exportResults]: () => exportResults(current),
    [commands.openSearchEditor]: () => searchEditor.open(searchedNow(current)),
  } satisfies Readonly<Record<string, Handler>>;
}
