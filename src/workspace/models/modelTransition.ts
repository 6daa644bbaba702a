/** Prepares another model while the current one goes on answering: its indexes must be complete first. */
import { isAbort } from '../../threads/abort.ts';
import path from 'node:path';
import type { FolderOptions } from '../../domain/folder.ts';
import type { ModelTransition as SwitchStatus } from '../../domain/engineStatus.ts';
import { UserError } from '../../errors/userError.ts';
import type { FolderIndexer } from '../indexing/folderIndexer.ts';
import type { FolderIndexes } from '../indexing/folderIndexes.ts';

export interface SwitchPorts {
  readonly open: (modelPath: string) => Promise<FolderIndexes>;
  /** The folders whose indexes must be complete: those open now. */
  readonly wanted: () => readonly FolderOptions[];
  /** Folders that are about to be open, and will then count as well. */
  readonly opening: ReadonlySet<Promise<unknown>>;
  /**
   * Tries to rename the current model where it has the same content, so that no index has to be made; true if it did.
   */
  readonly adopt: (indexes: FolderIndexes) => boolean;
  /** Called when all indexes are complete; they belong to the caller from then on. */
  readonly onWhole: (indexes: FolderIndexes) => void;
  /** Called on failure; nothing has changed for searches. */
  readonly onFailed: (error: UserError) => void;
  readonly log: (line: string) => void;
}

export class ModelTransition {
  readonly path: string;
  readonly #name: string | null;
  readonly #ports: SwitchPorts;
  readonly #abort = new AbortController();
  #indexes: FolderIndexes | null = null;

  /** `name` is the name that people know; null for the manifest's. */
  constructor(target: { readonly path: string; readonly name: string | null }, ports: SwitchPorts) {
    this.path = target.path;
    this.#name = target.name;
    this.#ports = ports;
  }

  /** The indexes that are being prepared; null until the model is open. */
  get indexes(): FolderIndexes | null {
    return this.#indexes;
  }

  get name(): string {
    return this.#name ?? this.#indexes?.model.info?.name ?? path.basename(this.path);
  }

  /** Keeps the current model; `run` resolves when everything of the other is closed. */
  cancel(): void {
    this.#abort.abort();
  }

  /** Resolves when the new indexes were handed over or closed; never rejects. */
  async run(): Promise<void> {
    const { signal } = this.#abort;
    const cancelled = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    cancelled.catch(() => undefined);
    let whole = false;
    try {
      signal.throwIfAborted();
      const indexes = await this.#ports.open(this.path);
      this.#indexes = indexes;
      signal.throwIfAborted();
      if (indexes.model.problem !== null) throw indexes.model.problem;
      if (this.#ports.adopt(indexes)) return;
      await indexes.model.probe(signal);
      indexes.demanding = true;
      do {
        await Promise.race([cancelled, Promise.allSettled(this.#ports.opening)]);
        const prepared = this.#ports.wanted().map(options => this.#prepare(indexes, options));
        await Promise.race([cancelled, Promise.all(prepared)]);
      } while (!this.#isWhole(indexes));
      signal.throwIfAborted();
      indexes.demanding = false;
      whole = true;
      this.#ports.onWhole(indexes);
    } catch (error) {
      if (!signal.aborted) this.#failed(error as Error);
    } finally {
      if (!whole) await this.#indexes?.close();
    }
  }

  #isWhole(indexes: FolderIndexes): boolean {
    return (
      this.#ports.opening.size === 0 && this.#ports.wanted().every(options => indexes.isSettled(options))
    );
  }

  /**
   * A folder may be closed, or opened with other options, while it is being indexed; the next round takes that into
   * account.
   */
  async #prepare(indexes: FolderIndexes, options: FolderOptions): Promise<void> {
    try {
      await indexes.openFolder(options);
      await indexes.reconcile(options.path);
    } catch (error) {
      const isWanted = this.#ports.wanted().some(wanted => wanted.path === options.path);
      if (!isAbort(error) && isWanted) throw error;
    }
  }

  #failed(error: Error): void {
    this.#ports.log(`changing the model failed: ${error.stack ?? String(error)}`);
    this.#ports.onFailed(
      new UserError('modelSwitchFailed', `${this.name} (${error.message})`, { cause: error }),
    );
  }

  /** `serving` are the current indexes, which tell how much text there is. */
  status(serving: FolderIndexes | null): SwitchStatus {
    let [done, total] = [0, 0];
    for (const { index, waiting, letters } of this.#indexes?.all ?? []) {
      const known = Math.max(index.fileCount, letters.size + letters.settled);
      total += known;
      done += Math.max(0, known - waiting);
    }
    const made = passagesOf(this.#indexes?.all ?? []);
    const left = passagesOf(serving?.all ?? []).all - made.all + made.pending;
    const secondsLeft = this.#indexes?.speed.secondsFor(Math.max(0, left)) ?? null;
    return { name: this.name, done, total, secondsLeft };
  }
}

/** The number of passages in the indexes of these folders, and how many of them wait for their vectors. */
function passagesOf(indexers: readonly FolderIndexer[]): {
  readonly all: number;
  readonly pending: number;
} {
  const all = indexers.reduce((sum, { index }) => sum + index.counts.passages, 0);
  const pending = indexers.reduce((sum, { index }) => sum + index.counts.pending, 0);
  return { all, pending };
}
