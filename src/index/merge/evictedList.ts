/** The blobs of evicted vectors, newest last; the oldest go when they are too old or too many. */
import type { BlobStore } from '../blobStore.ts';
import { EvictedBlob, writeEvicted, type EvictedVector } from './evictedVectorCache.ts';
import { DamagedError } from '../segment/sections.ts';
import type { SparseVector } from '../sparseVector.ts';

const MAX_AGE = 30 * 24 * 3_600_000;
const MAX_VECTORS = 16_384;
/** A blob with fewer vectors is written again together with its successor. */
const SMALL = 1_024;

export class EvictedList {
  readonly #store: BlobStore;
  #blobs: readonly EvictedBlob[] = [];

  constructor(store: BlobStore) {
    this.#store = store;
  }

  /** Opens these blobs; damaged or missing ones are left out, and a line for each is returned. */
  async open(names: readonly string[]): Promise<readonly string[]> {
    const damage: string[] = [];
    const blobs: EvictedBlob[] = [];
    for (const name of names) {
      try {
        blobs.push(
          this.#blobs.find(blob => blob.name === name) ?? (await EvictedBlob.open(this.#store, name)),
        );
      } catch (error) {
        if (!(error instanceof DamagedError) || error.version === 'newer') throw error;
        damage.push(`${name}: ${error.message}`);
      }
    }
    const kept = new Set(blobs);
    for (const blob of this.#blobs) if (!kept.has(blob)) await blob.close();
    this.#blobs = blobs;
    return damage;
  }

  /** Reads everything; returns a line for each damaged blob. */
  async verify(): Promise<readonly string[]> {
    const damage: string[] = [];
    for (const blob of this.#blobs)
      try {
        await blob.verify();
      } catch (error) {
        if (!(error instanceof DamagedError)) throw error;
        damage.push(`${blob.name}: ${error.message}`);
      }
    return damage;
  }

  async close(): Promise<void> {
    await this.open([]);
  }

  get names(): readonly string[] {
    return this.#blobs.map(({ name }) => name);
  }

  get bytes(): number {
    return this.#blobs.reduce((sum, blob) => sum + blob.bytes, 0);
  }

  has(hash: string): boolean {
    return this.#blobs.some(blob => blob.has(hash));
  }

  async find(hash: string): Promise<SparseVector | null> {
    for (const blob of this.#blobs) {
      // A damaged blob counts as missing.
      const found = await blob.find(hash).catch(() => null);
      if (found !== null) return found;
    }
    return null;
  }

  /**
   * Writes a blob with these vectors under `name`; returns the names for the next manifest. Nothing else
   * changes until `open` is called with them.
   */
  async add(vectors: readonly EvictedVector[], name: string, now: number): Promise<readonly string[]> {
    const last = this.#blobs.at(-1);
    const joins = last !== undefined && last.count < SMALL;
    const before = joins ? this.#blobs.slice(0, -1) : [...this.#blobs];
    const known = joins ? await last.all() : [];
    const all = [...known, ...vectors].slice(-MAX_VECTORS);
    await this.#store.write(name, ...writeEvicted(all, now));
    let room = MAX_VECTORS - all.length;
    const kept: string[] = [name];
    for (const blob of before.reverse()) {
      room -= blob.count;
      if (room < 0 || now - blob.evictedAt > MAX_AGE) break;
      kept.unshift(blob.name);
    }
    return kept;
  }
}
