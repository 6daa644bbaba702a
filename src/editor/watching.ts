/** Reports changed files to the engine, from the disk's events and the editor's own. */
import * as vscode from 'vscode';
import type { EngineClient } from '../rpc/engineClient.ts';
import { Coalescer } from './coalesce.ts';
import type { ErrorReporter } from './errors.ts';
import type { Folders } from './folders.ts';
import { mayBeFolder, READABLE_GLOB } from './documents/readable.ts';

const DELAY = 200;

export class Watching implements vscode.Disposable {
  readonly #changes: Coalescer<string>;
  readonly #rules: Coalescer<string>;
  readonly #client: EngineClient;
  readonly #subscriptions: vscode.Disposable[] = [];
  #watchers: vscode.Disposable[] = [];

  constructor(client: EngineClient, folders: Folders, errors: ErrorReporter) {
    this.#client = client;
    this.#changes = new Coalescer(DELAY, paths => client.filesChanged(paths));
    this.#rules = new Coalescer(DELAY, () => void errors.guard('ignore rules', () => folders.reconcile()));
    const { workspace } = vscode;
    this.#subscriptions.push(
      workspace.onDidChangeWorkspaceFolders(() => this.#watch()),
      // The document that somebody looks at is read and encoded first.
      vscode.window.onDidChangeActiveTextEditor(
        editor => editor !== undefined && this.#looked(editor.document),
      ),
      workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) =>
          contentChanges.length > 0 && document.uri.scheme !== 'output' && client.personWorks(),
      ),
      workspace.onDidSaveTextDocument(document => this.#changed(document.uri)),
      workspace.onDidCreateFiles(({ files }) => files.forEach(uri => this.#changed(uri))),
      workspace.onDidDeleteFiles(({ files }) => files.forEach(uri => this.#changed(uri))),
      workspace.onDidRenameFiles(({ files }) =>
        files.forEach(({ oldUri, newUri }) => {
          this.#changed(oldUri);
          this.#changed(newUri);
        }),
      ),
    );
    this.#watch();
  }

  #watch(): void {
    vscode.Disposable.from(...this.#watchers).dispose();
    this.#watchers = (vscode.workspace.workspaceFolders ?? [])
      .filter(folder => folder.uri.scheme === 'file')
      .flatMap(folder => [
        this.#watcher(folder, READABLE_GLOB, uri => this.#changed(uri)),
        this.#watcher(folder, '**/{.gitignore,.malmoiignore}', uri => this.#rules.add(uri.fsPath)),
        // A folder that comes or goes is one event, without events of its files. The window watches the tree anyway.
        this.#watcher(folder, '**', uri => mayBeFolder(uri.path) && this.#changed(uri), true),
      ]);
  }

  #watcher(
    folder: vscode.WorkspaceFolder,
    glob: string,
    happened: (uri: vscode.Uri) => void,
    ignoreChanges = false,
  ): vscode.Disposable {
    const pattern = new vscode.RelativePattern(folder, glob);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, ignoreChanges, false);
    watcher.onDidCreate(happened);
    watcher.onDidDelete(happened);
    if (!ignoreChanges) watcher.onDidChange(happened);
    return watcher;
  }

  /** Its neighbours are likely to be wanted next. */
  #looked(document: vscode.TextDocument): void {
    if (vscode.languages.match({ scheme: 'file', pattern: READABLE_GLOB }, document) === 0) return;
    this.#client.prefer({ path: vscode.Uri.joinPath(document.uri, '..').fsPath, direct: true });
    this.#changed(document.uri);
  }

  #changed(uri: vscode.Uri): void {
    if (uri.scheme === 'file') this.#changes.add(uri.fsPath);
  }

  dispose(): void {
    this.#changes.dispose();
    this.#rules.dispose();
    vscode.Disposable.from(...this.#subscriptions, ...this.#watchers).dispose();
  }
}
