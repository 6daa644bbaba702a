/** Marks in the explorer of files that a search does not find, where the setting asks for them. */
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../domain/ledger.ts';
import { fileUri } from '../documents/hitUri.ts';
import type { Setting } from '../settings.ts';
import { explained } from './coverageText.ts';
import type { LedgerSource } from './ledgerSource.ts';

const BADGES = { failed: '!', skipped: '–', waiting: '…' } as const;

export class FileDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #source: LedgerSource;
  readonly #setting: Setting<boolean>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;
  #watching: vscode.Disposable | undefined;
  #entries: ReadonlyMap<string, LedgerEntry> = new Map();
  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(source: LedgerSource, setting: Setting<boolean>) {
    this.#source = source;
    this.#setting = setting;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.window.registerFileDecorationProvider(this),
      setting.onDidChange(() => this.#update()),
      source.onDidChange(() => this.#update()),
    );
    this.#update();
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const entry = uri.scheme === 'file' ? this.#entries.get(keyOf(uri)) : undefined;
    if (entry === undefined || entry.state === 'indexed') return undefined;
    const said = vscode.l10n.t('Malmoi: {0}', explained(entry));
    const color = entry.state === 'failed' ? new vscode.ThemeColor('list.warningForeground') : undefined;
    return new vscode.FileDecoration(BADGES[entry.state], said, color);
  }

  #update(): void {
    const isOn = this.#setting.value;
    if (isOn) this.#watching ??= this.#source.watch();
    else {
      this.#watching?.dispose();
      this.#watching = undefined;
      if (this.#entries.size === 0) return;
    }
    // Files that are found have no mark: a map of the others is enough.
    const marked = isOn ? (this.#source.entries ?? []).filter(({ state }) => state !== 'indexed') : [];
    this.#entries = new Map(marked.map(entry => [keyOf(fileUri(entry.folder, entry.path)), entry]));
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#watching?.dispose();
    this.#subscriptions.dispose();
  }
}

/** On macOS, the explorer composes names that the disk has decomposed. */
function keyOf(uri: vscode.Uri): string {
  return uri.fsPath.normalize('NFC');
}
