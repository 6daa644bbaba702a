/** "텍스트로 보기": the text of a file that is no text file, as a read-only document. */
import * as vscode from 'vscode';
import type { Engine } from '../../domain/engine.ts';
import { teamOfFolder } from '../../domain/team/team.ts';
import { LocalisedError } from '../errors.ts';
import { sayHere } from '../localised.ts';
import { oneLine } from '../results/hitText.ts';
import { reasonText } from '../../wording/fileState.ts';
import { sourceOf, TEXT_SCHEME } from './documentUri.ts';
import { fileUri } from './hitUri.ts';

export class TextDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #engine: Pick<Engine, 'document'>;
  readonly #ready: () => Promise<unknown>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  /** When the file of each document was last changed as it was read. */
  readonly #modified = new Map<string, number | null>();
  readonly onDidChange = this.#changed.event;

  /** `ready` resolves when the folders of the window are open. */
  constructor(engine: Pick<Engine, 'document'>, ready: () => Promise<unknown>) {
    this.#engine = engine;
    this.#ready = ready;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(TEXT_SCHEME, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const source = sourceOf(uri);
    if (source === null) return '';
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    try {
      this.#modified.set(uri.toString(), await modifiedAt(uri));
      await this.#ready();
      const document = await this.#engine.document(source, { signal: abort.signal });
      if (!('problem' in document)) return document.text;
      throw new LocalisedError(
        vscode.l10n.t(
          '“{0}” can’t be shown as text: {1}.',
          oneLine(source.file),
          reasonText(document.problem, sayHere),
        ),
      );
    } finally {
      listening.dispose();
    }
  }

  /** Files may have changed: those that did are read again, where they are shown. */
  async refresh(): Promise<void> {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== TEXT_SCHEME) continue;
      const before = this.#modified.get(uri.toString());
      const now = await modifiedAt(uri);
      if (before === now) continue;
      this.#modified.set(uri.toString(), now);
      this.#changed.fire(uri);
    }
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

/** Milliseconds since 1970; null where the file is gone. */
async function modifiedAt(uri: vscode.Uri): Promise<number | null> {
  const source = sourceOf(uri);
  if (source === null || teamOfFolder(source.folder) !== null) return null;
  try {
    return (await vscode.workspace.fs.stat(fileUri(source.folder, source.file))).mtime;
  } catch {
    return null;
  }
}
