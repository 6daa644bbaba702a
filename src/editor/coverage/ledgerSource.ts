/** The ledger as the engine has it, kept up to date while somebody looks at it, and only then. */
import * as vscode from 'vscode';
import type { LedgerEntry } from '../../domain/ledger.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';
import type { ErrorReporter } from '../errors.ts';
import type { Folders } from '../folders.ts';
import type { StatusSource } from '../status/statusSource.ts';

/** Milliseconds between two readings at least, and so many times what the last one took. */
const REST = 1_500;
const SHARE = 10;

export class LedgerSource implements vscode.Disposable {
  readonly #client: EngineClient;
  readonly #folders: Folders;
  readonly #errors: ErrorReporter;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #entries: readonly LedgerEntry[] | null = null;
  #watchers = 0;
  #isStale = true;
  #reading: Promise<void> | null = null;
  #notBefore = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(client: EngineClient, status: StatusSource, folders: Folders, errors: ErrorReporter) {
    this.#client = client;
    this.#folders = folders;
    this.#errors = errors;
    this.#subscription = vscode.Disposable.from(
      client.onIndexChanged(() => this.#outdate()),
      status.onDidChange(() => this.#outdate()),
    );
  }

  /** Null until it was read. */
  get entries(): readonly LedgerEntry[] | null {
    return this.#entries;
  }

  /** Keeps the ledger up to date until it is disposed of. */
  watch(): vscode.Disposable {
    this.#watchers++;
    this.#schedule();
    return new vscode.Disposable(() => this.#watchers--);
  }

  /** The ledger as of now. */
  async read(): Promise<readonly LedgerEntry[]> {
    await this.#folders.opened();
    this.#isStale = true;
    await (this.#reading ?? this.#read());
    return this.#entries ?? [];
  }

  #outdate(): void {
    this.#isStale = true;
    this.#schedule();
  }

  #schedule(): void {
    const isWanted = this.#watchers > 0 && this.#isStale && this.#folders.asked;
    if (!isWanted || this.#reading !== null || this.#timer !== undefined) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#watchers > 0) this.#read().catch((error: unknown) => this.#errors.log('ledger', error));
      },
      Math.max(0, this.#notBefore - performance.now()),
    );
  }

  #read(): Promise<void> {
    this.#isStale = false;
    const reading = this.#ask().finally(() => {
      this.#reading = null;
      this.#schedule();
    });
    this.#reading = reading;
    return reading;
  }

  async #ask(): Promise<void> {
    const start = performance.now();
    this.#entries = await this.#client.ledger();
    const end = performance.now();
    this.#notBefore = end + Math.max(REST, SHARE * (end - start));
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
