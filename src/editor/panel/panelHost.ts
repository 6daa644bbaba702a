/** The two places of the panel: a view in the sidebar, and an editor tab that survives a restart. */
import * as vscode from 'vscode';
import type { Channel } from '../../domain/channel.ts';
import { views } from '../commands.ts';
import type { PanelParts } from './panelSession.ts';
import type { PanelSession } from './panelSession.ts';

export class PanelHost
  implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable
{
  readonly #parts: PanelParts;
  readonly #subscriptions: vscode.Disposable;
  #view: { readonly view: vscode.WebviewView; readonly session: PanelSession } | null = null;
  #tab: { readonly panel: vscode.WebviewPanel; readonly session: PanelSession } | null = null;
  /** Requested before the sidebar's view existed. */
  #pending: { readonly query: string | null; readonly channel: Channel; readonly plain: boolean } | null =
    null;

  constructor(parts: PanelParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.registerWebviewViewProvider(views.panel, this),
      vscode.window.registerWebviewPanelSerializer(views.panelTab, this),
    );
  }

  get viewReady(): boolean {
    return this.#view?.session.ready ?? false;
  }

  get tabReady(): boolean {
    return this.#tab?.session.ready ?? false;
  }

  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    let isGone = false;
    view.onDidDispose(() => (isGone = true));
    const Session = await sessionClass();
    if (isGone) return;
    const session = new Session(view.webview, 'sidebar', this.#parts);
    this.#view = { view, session };
    view.onDidChangeVisibility(() => view.visible || session.sleep());
    view.onDidDispose(() => {
      session.dispose();
      if (this.#view?.view === view) this.#view = null;
    });
    if (this.#pending !== null) session.show(this.#pending.query, this.#pending.channel, this.#pending.plain);
    this.#pending = null;
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#adopt(panel, await sessionClass());
  }

  /** Shows the sidebar's panel, with the query if there is one. */
  async showInSidebar(query: string | null, channel: Channel, plain: boolean = false): Promise<void> {
    const known = this.#view;
    if (known === null) this.#pending = { query, channel, plain };
    await vscode.commands.executeCommand(`${views.panel}.focus`);
    known?.session.show(query, channel, plain);
  }

  /** Also looks for a word, in the panel of the sidebar. */
  async addWord(word: string): Promise<void> {
    if (word === '') return;
    const known = this.#view;
    if (known === null) return this.showInSidebar(word, 'hybrid', true);
    await vscode.commands.executeCommand(`${views.panel}.focus`);
    known.session.addWord(word);
  }

  /** Opens the panel as an editor tab, or brings it to the front. */
  async showAsTab(query: string | null, channel: Channel): Promise<void> {
    const Session = await sessionClass();
    if (this.#tab === null) {
      const title = vscode.l10n.t('Malmoi Search');
      const panel = vscode.window.createWebviewPanel(views.panelTab, title, vscode.ViewColumn.Active);
      this.#adopt(panel, Session);
    } else {
      this.#tab.panel.reveal();
    }
    this.#tab?.session.show(query, channel, false);
  }

  #adopt(panel: vscode.WebviewPanel, Session: typeof PanelSession): void {
    this.#tab?.panel.dispose();
    const session = new Session(panel.webview, 'tab', this.#parts);
    this.#tab = { panel, session };
    panel.iconPath = this.#parts.icon;
    panel.onDidChangeViewState(() => panel.visible || session.sleep());
    panel.onDidDispose(() => {
      session.dispose();
      if (this.#tab?.panel === panel) this.#tab = null;
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#view?.session.dispose();
    this.#tab?.panel.dispose();
  }
}

/** The session brings the panel's texts in both languages and the checks of its messages: loaded with the first panel. */
async function sessionClass(): Promise<typeof PanelSession> {
  return (await import('./panelSession.ts')).PanelSession;
}
