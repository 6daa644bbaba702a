/** The results that the tree, the tints and the hover show: those of the last search that was acted upon. */
import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';
import { contextKeys } from '../commands.ts';
import { hitKey } from '../searchBox/merge.ts';
import type { Searched } from '../searchBox/searcher.ts';

export class CurrentResults implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Searched | null>();
  readonly #moved = new vscode.EventEmitter<Hit>();
  #searched: Searched | null = null;
  #current: string | null = null;
  readonly onDidChange = this.#changed.event;
  /** Another hit became the current one. */
  readonly onDidMove = this.#moved.event;

  get searched(): Searched | null {
    return this.#searched;
  }

  get hits(): readonly Hit[] {
    return this.#searched?.result.hits ?? [];
  }

  get current(): Hit | undefined {
    return this.hits.find(hit => hitKey(hit) === this.#current);
  }

  publish(searched: Searched | null): void {
    if (searched === this.#searched) return;
    this.#searched = searched;
    this.#current = null;
    const { hasResults, nothingFound } = contextKeys;
    void vscode.commands.executeCommand('setContext', hasResults, this.hits.length > 0);
    void vscode.commands.executeCommand(
      'setContext',
      nothingFound,
      searched !== null && this.hits.length === 0,
    );
    this.#changed.fire(searched);
  }

  moveTo(hit: Hit): void {
    this.#current = hitKey(hit);
    this.#moved.fire(hit);
  }

  /** The hit `step` places after the current one in `order`, wrapping around; undefined if there is none. */
  neighbour(order: readonly Hit[], step: 1 | -1): Hit | undefined {
    const place = order.findIndex(hit => hitKey(hit) === this.#current);
    if (place === -1) return step === 1 ? order[0] : order.at(-1);
    return order[(place + step + order.length) % order.length];
  }

  dispose(): void {
    this.#changed.dispose();
    this.#moved.dispose();
  }
}
