/**
 * Takes along what is typed between the shortcut and the moment the search box has the keyboard.
 *
 * The box is opened by the extension's process, which answers the window a little later; on a busy machine a fast
 * typist's first letters go into the document meanwhile. They are taken out of it again, exactly as they went in, and
 * put into the box. Nothing else in the document is touched: any other change ends this.
 */
import * as vscode from 'vscode';
import { typedOn, type StrayText } from './strayText.ts';

/**
 * After a pause of this length the typist waits for the box, and its text may be set: a key pressed while it is being set
 * would be lost. Milliseconds; a busy machine brings keys in bursts.
 */
const PAUSE = 400;
/** The box may be a while in coming: until a key has come from it, the next may still go into the document. */
const PATIENCE = 2_000;

export class StrayKeys implements vscode.Disposable {
  readonly #editor: vscode.TextEditor | undefined;
  readonly #wasDirty: boolean;
  readonly #take: (text: string) => void;
  readonly #subscription: vscode.Disposable;
  #stray: StrayText | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isBoxThere = false;

  /** `editor` had the keyboard when the shortcut was pressed; `take` gets what is to stand before the box's own text. */
  constructor(editor: vscode.TextEditor | undefined, take: (text: string) => void) {
    this.#editor = editor;
    this.#take = take;
    this.#wasDirty = editor?.document.isDirty ?? false;
    if (editor?.selections.length === 1 && editor.selection.isEmpty)
      this.#stray = { start: editor.document.offsetAt(editor.selection.active), text: '' };
    this.#subscription = vscode.workspace.onDidChangeTextDocument(event => this.#changed(event));
    this.#wait();
  }

  /** The text that was typed into the document so far. */
  get text(): string {
    return this.#stray?.text ?? '';
  }

  /** A key came from the box, so it has the keyboard; while keys come, its text is not to be set. */
  boxChanged(): void {
    this.#isBoxThere = true;
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const pause = this.#isBoxThere ? PAUSE : PATIENCE;
    if (this.#stray !== null) this.#timer = setTimeout(() => void this.finish(), pause);
  }

  #changed({ document, contentChanges, reason }: vscode.TextDocumentChangeEvent): void {
    if (this.#stray === null || document !== this.#editor?.document || contentChanges.length === 0) return;
    this.#stray = reason === undefined ? typedOn(this.#stray, contentChanges) : null;
    this.#wait();
  }

  /** Puts the document back as it was. */
  async finish(): Promise<void> {
    const stray = this.#stray;
    this.dispose();
    if (stray === null || stray.text === '' || this.#editor === undefined) return;
    this.#take(stray.text);
    const { document } = this.#editor;
    const range = new vscode.Range(
      document.positionAt(stray.start),
      document.positionAt(stray.start + stray.text.length),
    );
    if (document.getText(range) !== stray.text) return;
    // The removal is one step with the typing, so that nothing of it is left to undo.
    const once = { undoStopBefore: false, undoStopAfter: false };
    await this.#editor.edit(edit => edit.delete(range), once);
    // The text is as it was saved, which the editor does not know.
    if (!this.#wasDirty && document.isDirty && document.uri.scheme === 'file' && this.#isInFront)
      await vscode.commands.executeCommand('workbench.action.files.revert');
  }

  get #isInFront(): boolean {
    return vscode.window.activeTextEditor?.document === this.#editor?.document;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stray = null;
    this.#subscription.dispose();
  }
}
