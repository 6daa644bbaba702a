/** The engine's last known state, for every surface that shows it. */
import * as vscode from 'vscode';
import type { EngineStatus, ModelInfo } from '../../domain/engineStatus.ts';
import type { ConnectionState, EngineClient } from '../../rpc/engineClient.ts';
import { troubleOf, type Trouble } from './trouble.ts';

export class StatusSource implements vscode.Disposable {
  readonly #client: EngineClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  /** The model that answered last, across restarts of the engine. */
  #model: ModelInfo | null = null;
  readonly #modelChanged = new vscode.EventEmitter<ModelInfo>();
  #value: EngineStatus | null = null;
  readonly onDidChange = this.#changed.event;
  /** Fires when another model answers searches, so that shown results come from the former one. */
  readonly onDidChangeModel = this.#modelChanged.event;

  constructor(client: EngineClient) {
    this.#client = client;
    this.#subscription = vscode.Disposable.from(
      client.onStatus(status => {
        const before = this.#model;
        this.#value = status;
        this.#model = status.model ?? before;
        this.#changed.fire();
        if (before !== null && status.model !== null && before.fingerprint !== status.model.fingerprint)
          this.#modelChanged.fire(status.model);
      }),
      client.onConnection(() => this.#changed.fire()),
    );
  }

  /** null until the engine has answered. */
  get value(): EngineStatus | null {
    return this.#value;
  }

  get connection(): ConnectionState {
    return this.#client.connection;
  }

  get trouble(): Trouble | null {
    return troubleOf(this.#value, this.connection);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
    this.#modelChanged.dispose();
  }
}
