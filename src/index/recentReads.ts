/** What was read from disk and checked a moment ago: the least recently used goes when there is too much. */
export class RecentReads {
  readonly #limit: number;
  readonly #entries = new Map<string, Uint8Array>();
  #bytes = 0;

  /** Bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Uint8Array | undefined {
    const found = this.#entries.get(key);
    if (found === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, found);
    return found;
  }

  /** `bytes` are not to be written to from now on. Large ones are not kept: they would drive out all others. */
  set(key: string, bytes: Uint8Array): void {
    if (bytes.length > this.#limit / 16 || this.#entries.has(key)) return;
    this.#entries.set(key, bytes);
    this.#bytes += bytes.length + OVERHEAD;
    for (const [oldest, { length }] of this.#entries) {
      if (this.#bytes <= this.#limit) return;
      this.#entries.delete(oldest);
      this.#bytes -= length + OVERHEAD;
    }
  }
}

/** Of an entry, about. */
const OVERHEAD = 256;
