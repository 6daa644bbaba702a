import type { PanelState } from './state.ts';

/** The only holder of the panel's state; every change is drawn at once. */
export class Store {
  readonly #onDidChange: () => void;
  #state: PanelState;

  constructor(state: PanelState, onDidChange: () => void) {
    this.#state = state;
    this.#onDidChange = onDidChange;
  }

  get state(): PanelState {
    return this.#state;
  }

  set(change: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onDidChange();
  }
}
