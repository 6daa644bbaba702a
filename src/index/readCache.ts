/**
 * What was read from disk and checked a moment ago. When there is too much, what was not asked for since it was last
 * looked at goes first (a clock): a hit costs a look-up and changes no order.
 */
export class ReadCache {
  readonly #limit: number;
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  /** Bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Uint8Array | undefined {
    const found = this.#entries.get(key);
    if (found === undefined) return undefined;
    found.isUsed = true;
    return found.bytes;
  }

  /** `bytes` are not to be written to from now on. Large ones are not kept: they would drive out all others. */
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
        // Once round, and it goes unless it was asked for again.
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

/** Of an entry, about. */
const OVERHEAD = 256;
