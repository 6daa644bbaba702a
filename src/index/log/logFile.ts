/** The log as a blob of the store. Entries are only ever added after the last acknowledged one. */
import type { BlobStore } from '../blobStore.ts';
import { readLog, type ReadLog } from './log.ts';

export class LogFile {
  readonly name: string;
  readonly #store: BlobStore;
  /** End of the last acknowledged entry. */
  #length: number;
  /**
   * False while something may follow the acknowledged entries: one that a crash, a full disk or a failed sync
   * cut off.
   */
  #clean: boolean;

  private constructor(store: BlobStore, name: string, length: number, clean: boolean) {
    this.#store = store;
    this.name = name;
    this.#length = length;
    this.#clean = clean;
  }

  static empty(store: BlobStore, name: string): LogFile {
    return new LogFile(store, name, 0, true);
  }

  static async open(store: BlobStore, name: string): Promise<{ log: LogFile; read: ReadLog }> {
    const bytes = (await store.read(name)) ?? new Uint8Array();
    const read = readLog(bytes);
    return { log: new LogFile(store, name, read.length, read.length === bytes.length), read };
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Resolves when the entry is durable. The remains of a failed entry are removed before the next one is
   * added: it might be complete, and then the log's length would no longer be where the next entry ends.
   */
  async append(entry: Uint8Array): Promise<void> {
    await this.#clear();
    this.#clean = false;
    try {
      await this.#store.append(this.name, entry);
    } catch (error) {
      await this.#clear().catch(() => undefined);
      throw error;
    }
    this.#length += entry.length;
    this.#clean = true;
  }

  async #clear(): Promise<void> {
    if (this.#clean) return;
    await this.#store.truncate(this.name, this.#length);
    this.#clean = true;
  }

  /** Reads the log again; returns the damage, or null where all of its `entries` are there. */
  async verify(entries: number): Promise<string | null> {
    const bytes = (await this.#store.read(this.name)) ?? new Uint8Array();
    const { images, length, damaged } = readLog(bytes.subarray(0, this.#length));
    if (damaged > 0) return damagedEntries(this.name, damaged);
    if (images.length === entries && length === this.#length) return null;
    return `${this.name}: ${images.length} of ${entries} entries are whole`;
  }
}

export function damagedEntries(log: string, count: number): string {
  return `${log}: ${count} damaged entries`;
}
