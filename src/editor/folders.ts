/** Tells the engine which folders this window wants indexed, at start and whenever that changes. */
import * as vscode from 'vscode';
import type { FolderOptions } from '../domain/folder.ts';
import type { EngineClient } from '../rpc/engineClient.ts';
import type { ErrorReporter } from './errors.ts';
import { LocalisedError } from './errors.ts';
import { folderOptions, sameFolders } from './folderOptions.ts';
import type { Settings } from './settings.ts';

export class Folders implements vscode.Disposable {
  readonly #client: EngineClient;
  readonly #settings: Settings;
  readonly #errors: ErrorReporter;
  readonly #subscription: vscode.Disposable;
  #opened: readonly FolderOptions[] | null = null;
  #opening: Promise<void> | null = null;

  constructor(client: EngineClient, settings: Settings, errors: ErrorReporter) {
    this.#client = client;
    this.#settings = settings;
    this.#errors = errors;
    const reconcile = (): void => {
      const wanted = this.asked || settings.indexOnStartup.value;
      if (wanted) void this.#errors.guard('folders', () => this.open());
    };
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(reconcile),
      settings.onDidChangeFolderSettings(reconcile),
    );
  }

  /** The folders that can be indexed: those with real files where the extension runs. */
  get wanted(): readonly FolderOptions[] {
    return (vscode.workspace.workspaceFolders ?? [])
      .filter(folder => folder.uri.scheme === 'file')
      .map(folder => folderOptions(folder.uri.fsPath, folder.name, this.#settings.ofFolder(folder.uri)));
  }

  get paths(): readonly string[] {
    return this.wanted.map(folder => folder.path);
  }

  /** Whether the engine has been asked for folders: before that it need not even run. */
  get asked(): boolean {
    return this.#opened !== null;
  }

  /** Brings the engine's folders in line with the window's. It is cheap when nothing has changed. */
  async open(): Promise<void> {
    const wanted = this.wanted;
    if (!this.asked && wanted.length === 0) return;
    if (this.#opened !== null && sameFolders(this.#opened, wanted)) return this.#opening ?? undefined;
    await this.#send(wanted);
  }

  /** Makes the engine look at every file again, after changes without an event (an ignore file, a clock). */
  async reconcile(): Promise<void> {
    if (this.#opened !== null) await this.#send(this.wanted);
  }

  /** The folders for a search, opened. Throws a `LocalisedError` where there is nothing to search. */
  async opened(): Promise<readonly string[]> {
    if (this.wanted.length === 0) {
      throw new LocalisedError(
        vscode.l10n.t('Malmoi searches the documents of a folder. Open a folder first (File > Open Folder).'),
      );
    }
    await this.open();
    return this.paths;
  }

  async #send(wanted: readonly FolderOptions[]): Promise<void> {
    this.#opened = wanted;
    const opening = this.#client.openFolders(wanted);
    this.#opening = opening;
    try {
      await opening;
    } catch (error) {
      if (this.#opening === opening) this.#opened = [];
      throw error;
    } finally {
      if (this.#opening === opening) this.#opening = null;
    }
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
