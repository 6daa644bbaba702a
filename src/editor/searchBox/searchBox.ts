/** The search box of a window: at most one is open, and the next one replaces it. */
import type * as vscode from 'vscode';
import { SearchPick, type SearchPickParts } from './searchPick.ts';

export class SearchBox implements vscode.Disposable {
  readonly #parts: SearchPickParts;
  #pick: SearchPick | undefined;

  constructor(parts: SearchPickParts) {
    this.#parts = parts;
  }

  /** The one that was opened last; undefined before the first. */
  get pick(): SearchPick | undefined {
    return this.#pick;
  }

  open(query: string): void {
    this.#pick?.dispose();
    this.#pick = new SearchPick(this.#parts, query);
  }

  dispose(): void {
    this.#pick?.dispose();
  }
}
