/** The base of the sidebar's trees: it makes the view, draws the line above it, and ends what belongs to it. */
import * as vscode from 'vscode';
import { contextKeys } from './commands.ts';
import { translate } from './localised.ts';
import type { StatusSource } from './status/statusSource.ts';
import { troubleText, type Trouble } from './status/trouble.ts';

export abstract class SidebarTree<Node> implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #status: Pick<StatusSource, 'trouble' | 'onDidChange'>;
  #line = '';
  readonly onDidChangeTreeData = this.#changed.event;
  readonly view: vscode.TreeView<Node>;

  constructor(
    id: string,
    status: Pick<StatusSource, 'trouble' | 'onDidChange'>,
    options: Omit<vscode.TreeViewOptions<Node>, 'treeDataProvider'> = {},
  ) {
    this.#status = status;
    this.view = vscode.window.createTreeView<Node>(id, { ...options, treeDataProvider: this });
    this.#subscriptions = [this.#changed, this.view, status.onDidChange(() => this.#showLine())];
  }

  abstract getChildren(node?: Node): Node[];

  abstract getTreeItem(node: Node): vscode.TreeItem;

  protected get trouble(): Trouble | null {
    return this.#status.trouble;
  }

  /** Ends with the tree. */
  protected own(...disposables: readonly vscode.Disposable[]): void {
    this.#subscriptions.push(...disposables);
  }

  /** Draws the tree again, with a line above it; an empty text takes the line away. */
  protected redraw(line: string = this.#line): void {
    this.#line = line;
    this.#showLine();
    this.#changed.fire();
  }

  /**
   * What is wrong stands above a list. In place of an empty list there is the view's welcome, with buttons; the editor
   * shows it only where there is no line.
   */
  #showLine(): void {
    const message = this.#message();
    // The status changes several times a second, and each assignment is sent to the window.
    if (message !== (this.view.message ?? '')) this.view.message = message;
  }

  #message(): string {
    const trouble = this.#status.trouble;
    if (trouble === null) return this.#line;
    return this.getChildren().length === 0 ? '' : troubleText(trouble, translate);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}

/** Tells the conditions of the views' welcomes what is wrong. */
export function watchTrouble(status: StatusSource): vscode.Disposable {
  let known: Trouble | null = null;
  return status.onDidChange(() => {
    if (status.trouble === known) return;
    known = status.trouble;
    void vscode.commands.executeCommand('setContext', contextKeys.trouble, known ?? false);
  });
}
