/** The engine's last known state, for every surface that shows it. */
import * as vscode from 'vscode';
import type { EngineStatus } from '../protocol.ts';
import type { ConnectionState, EngineClient } from '../rpc/engineClient.ts';

export class StatusSource implements vscode.Disposable {
  readonly #client: EngineClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #value: EngineStatus | null = null;
  readonly onDidChange = this.#changed.event;

  constructor(client: EngineClient) {
    this.#client = client;
    this.#subscription = vscode.Disposable.from(
      client.onStatus(status => {
        this.#value = status;
        this.#changed.fire();
      }),
      client.onConnection(() => this.#changed.fire()),
    );
  }

  /** Null until the engine has spoken. */
  get value(): EngineStatus | null {
    return this.#value;
  }

  get connection(): ConnectionState {
    return this.#client.connection;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
