/** Reads a large section from beginning to end, one window at a time. */

const WINDOW = 1 << 18;

export class SectionStream {
  readonly #length: number;
  readonly #load: (start: number, end: number) => Promise<Uint8Array>;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array();

  constructor(length: number, load: (start: number, end: number) => Promise<Uint8Array>) {
    this.#length = length;
    this.#load = load;
  }

  /** The bytes, if the window has all of them; null otherwise. */
  known(start: number, end: number): Uint8Array | null {
    if (start < this.#start || end > this.#start + this.#bytes.length) return null;
    return this.#bytes.subarray(start - this.#start, end - this.#start);
  }

  /** Ranks with names; rejects with `DamagedError`. */
  async read(start: number, end: number): Promise<Uint8Array> {
    const known = this.known(start, end);
    if (known !== null) return known;
    const bytes = await this.#load(start, Math.max(end, Math.min(this.#length, start + WINDOW)));
    this.#start = start;
    this.#bytes = bytes;
    return bytes.subarray(0, end - start);
  }
}
