/** The views below the results: what they are made of, and what their commands do. */
import * as vscode from 'vscode';
import type { EngineClient } from '../rpc/engineClient.ts';
import { commands } from './commands.ts';
import { exportCoverage, filterCoverage, retryFiles } from './coverage/coverageCommands.ts';
import { EVERYTHING } from './coverage/coverageGroups.ts';
import { CoverageTree } from './coverage/coverageTree.ts';
import { FileDecorations } from './coverage/fileDecorations.ts';
import { LedgerSource } from './coverage/ledgerSource.ts';
import { placeOfNode } from './documents/commandArguments.ts';
import { fileUri } from './documents/hitUri.ts';
import type { ErrorReporter } from './errors.ts';
import type { Folders } from './folders.ts';
import type { Settings } from './settings.ts';
import type { StatusSource } from './status/statusSource.ts';

export interface SidebarParts {
  readonly client: EngineClient;
  readonly status: StatusSource;
  readonly folders: Folders;
  readonly settings: Settings;
  readonly errors: ErrorReporter;
}

type Handler = (argument: unknown, selected?: unknown) => unknown;

export type SidebarCommand = keyof ReturnType<typeof coverageHandlers>;

export class Sidebar implements vscode.Disposable {
  readonly ledger: LedgerSource;
  readonly coverage: CoverageTree;
  readonly handlers: Readonly<Record<SidebarCommand, Handler>>;
  readonly #subscriptions: vscode.Disposable;

  constructor({ client, status, folders, settings, errors }: SidebarParts) {
    this.ledger = new LedgerSource(client, status, folders, errors);
    this.coverage = new CoverageTree(this.ledger);
    this.handlers = coverageHandlers(client, this.coverage, this.ledger);
    this.#subscriptions = vscode.Disposable.from(
      this.ledger,
      this.coverage,
      new FileDecorations(this.ledger, settings.fileDecorations),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function coverageHandlers(client: EngineClient, coverage: CoverageTree, ledger: LedgerSource) {
  return {
    [commands.showCoverage]: () => vscode.commands.executeCommand('malmoi.coverage.focus'),
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
