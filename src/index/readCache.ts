/**
 * A cache of data that was read from disk and checked. Eviction uses the clock algorithm: an entry that was
 * not asked for since the hand last passed goes first. A hit costs one look-up and changes no order.
 */
export class ReadCache {
  readonly #limit: number;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** `limit` is in bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Uint8Array | undefined {
    const found = this.#entries.get(key);
    if (found === undefined) return undefined;
    found.isUsed = true;
    return found.bytes;
  }

  /** `bytes` must not be written to from now on. Large entries are not kept: they would evict all others. */
  set(key: string, bytes: Uint8Array): void {
    if (bytes.length > this.#limit / 16 || this.#entries.has(key)) return;
    const size = bytes.length + OVERHEAD;
    this.#makeRoom(size);
    this.#entries.set(key, { bytes, isUsed: false });
    this.#bytes += size;
  }

  #makeRoom(size: number): void {
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes + size <= this.#limit) return;
      this.#entries.delete(oldest);
      if (entry.isUsed) {
        // An entry goes after one round unless it is asked for again.
        entry.isUsed = false;
        this.#entries.set(oldest, entry);
      } else this.#bytes -= entry.bytes.length + OVERHEAD;
    }
  }
}

interface Entry {
  readonly bytes: Uint8Array;
  isUsed: boolean;
}

/** Approximate overhead of an entry in bytes. */
const OVERHEAD = 256;
