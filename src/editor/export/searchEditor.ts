/** Results as a read-only document in the format of VS Code's search editors: links, colours and folding are its own. */
import * as vscode from 'vscode';
import { fileUri } from '../documents/hitUri.ts';
import type { Searched } from '../searchBox/searcher.ts';
import { summaryOf } from './exportCommands.ts';
import { searchEditorText } from './resultsExport.ts';

const SCHEME = 'malmoi-search';
/** VS Code has this language from an extension of its own; without it the text is plain. */
const LANGUAGE = 'search-result';
/** Documents whose text is kept: an editor asks for it again when it is shown anew. */
const MOST = 20;

export class SearchEditor implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscription = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  #count = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.query) ?? '';
  }

  async open(searched: Searched): Promise<vscode.TextEditor> {
    const key = String(++this.#count);
    this.#texts.set(key, searchEditorText(searched, { path: linkedPath, summary: summaryOf(searched) }));
    if (this.#texts.size > MOST) this.#texts.delete(this.#texts.keys().next().value!);
    // The name stands on the tab: a slash in it would be a folder.
    const name = searched.query.replace(/[\s/\\]+/gu, ' ').slice(0, 60);
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.code-search`, query: key });
    const document = await vscode.workspace.openTextDocument(uri);
    const known = await vscode.languages.getLanguages();
    if (known.includes(LANGUAGE)) await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    return vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** The path by which VS Code finds the file again: relative where one folder is open, absolute where there are several. */
function linkedPath({ folder, file }: { readonly folder: string; readonly file: string }): string {
  return (vscode.workspace.workspaceFolders?.length ?? 0) < 2 ? file : fileUri(folder, file).fsPath;
}
