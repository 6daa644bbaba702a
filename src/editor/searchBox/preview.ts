/** Previews hits while the user moves through a list, and returns to the previous document if they leave. */
import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';
import type { ErrorReporter } from '../errors.ts';
import { hitKey } from './merge.ts';
import type { HitOpener } from '../documents/openHit.ts';
import type { Searched } from './searcher.ts';

export class Preview {
  readonly #opener: HitOpener;
  readonly #errors: ErrorReporter;
  readonly #origin = vscode.window.activeTextEditor;
  readonly #selection = this.#origin?.selection;
  #shown: string | null = null;

  constructor(opener: HitOpener, errors: ErrorReporter) {
    this.#opener = opener;
    this.#errors = errors;
  }

  get started(): boolean {
    return this.#shown !== null;
  }

  look(hit: Hit, searched: Searched): void {
    if (this.#shown === hitKey(hit)) return;
    this.#shown = hitKey(hit);
    this.#opener
      .open(hit, searched, { preserveFocus: true, passing: true })
      .catch((error: unknown) => this.#errors.log('preview', error));
  }

  /** Returns to the document that was active, at its former place. */
  async leave(): Promise<void> {
    const origin = this.#origin;
    if (!this.started || origin === undefined || origin.document.isClosed) return;
    await vscode.window.showTextDocument(origin.document, {
      ...(origin.viewColumn === undefined ? {} : { viewColumn: origin.viewColumn }),
      ...(this.#selection === undefined ? {} : { selection: this.#selection }),
    });
  }
}
