/**
 * Keeps the vectors of passages that no file has any more, for a while: an undone change, a branch that is
 * checked out again or a file that comes back is not encoded again. Each eviction writes one blob:
 *
 * RHSH content addresses (16 bytes) · ROFF start of each vector in RVEC (u32 entries, one more at the end) ·
 * RVEC dimension (u32), weight (f32), place (u32) · RTIM time of eviction (f64, ms).
 *
 * It is a cache: a damaged blob is left out, and nothing is lost.
 */
import type { BlobStore } from '../blobStore.ts';
import { bytesOf, joined } from '../segment/byteSink.ts';
import { fromHex, toHex } from '../segment/hex.ts';
import { DamagedError, SectionFile, writeSections } from '../segment/sections.ts';
import { bytes, f64, u32 } from '../segment/sectionViews.ts';
import type { SparseVector } from '../sparseVector.ts';

export interface EvictedVector {
  /** Content address (hex). */
  readonly hash: string;
  readonly vector: SparseVector;
}

const ENTRY = 12;
/** Sections that are read in parts. */
const LARGE = new Set(['RVEC']);

export function writeEvicted(vectors: readonly EvictedVector[], now: number): readonly Uint8Array[] {
  const starts = new Uint32Array(vectors.length + 1);
  vectors.forEach(({ vector }, i) => (starts[i + 1] = starts[i]! + vector.dimensions.length));
  const entries = new DataView(new ArrayBuffer(ENTRY * starts.at(-1)!));
  vectors.forEach(({ vector }, i) => {
    for (let j = 0; j < vector.dimensions.length; j++) {
      const at = ENTRY * (starts[i]! + j);
      entries.setUint32(at, vector.dimensions[j]!, true);
      entries.setFloat32(at + 4, vector.weights[j]!, true);
      entries.setUint32(at + 8, vector.places[j]!, true);
    }
  });
  return writeSections(
    [
      ['RHSH', [joined([new Uint8Array(), ...vectors.map(({ hash }) => fromHex(hash))])]],
      ['ROFF', [bytesOf(starts)]],
      ['RTIM', [bytesOf(Float64Array.of(now))]],
      ['RVEC', [new Uint8Array(entries.buffer)]],
    ],
    LARGE,
  );
}

/** One blob of evicted vectors. */
export class EvictedBlob {
  readonly name: string;
  readonly bytes: number;
  /** Time of eviction in milliseconds. */
  readonly evictedAt: number;
  readonly #file: SectionFile;
  readonly #byHash = new Map<string, number>();
  readonly #starts: Uint32Array;

  private constructor(name: string, file: SectionFile) {
    this.name = name;
    this.bytes = file.size;
    this.#file = file;
    const hashes = bytes(file.sections, 'RHSH');
    this.#starts = u32(file.sections, 'ROFF');
    this.evictedAt = f64(file.sections, 'RTIM')[0] ?? 0;
    const count = hashes.length / 16;
    if (this.#starts.length !== count + 1 || this.#starts[count]! * ENTRY !== file.lengthOf('RVEC'))
      throw new DamagedError('evicted vectors do not fit each other');
    for (let i = 0; i < count; i++) this.#byHash.set(toHex(hashes.subarray(16 * i, 16 * i + 16)), i);
  }

  /** Throws `DamagedError`, also where the blob is missing. */
  static async open(store: BlobStore, name: string): Promise<EvictedBlob> {
    const blob = await store.open(name);
    if (blob === null) throw new DamagedError('missing');
    try {
      return new EvictedBlob(name, await SectionFile.open(blob));
    } catch (error) {
      await blob.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Reads and checks everything. Throws `DamagedError`. */
  async verify(): Promise<void> {
    await this.#file.verify();
  }

  get count(): number {
    return this.#byHash.size;
  }

  has(hash: string): boolean {
    return this.#byHash.has(hash);
  }

  /** null where the blob has no such vector. Rejects with `DamagedError`. */
  async find(hash: string): Promise<SparseVector | null> {
    const at = this.#byHash.get(hash);
    if (at === undefined) return null;
    const [start, end] = [this.#starts[at]!, this.#starts[at + 1]!];
    const read = await this.#file.read('RVEC', ENTRY * start, ENTRY * end);
    const view = new DataView(read.buffer, read.byteOffset, read.length);
    const numbers = Array.from({ length: end - start }, (_, i) => i * ENTRY);
    return {
      dimensions: Uint32Array.from(numbers, place => view.getUint32(place, true)),
      weights: Float32Array.from(numbers, place => view.getFloat32(place + 4, true)),
      places: Uint16Array.from(numbers, place => view.getUint32(place + 8, true)),
    };
  }

  /** All vectors of the blob, except damaged ones. */
  async all(): Promise<EvictedVector[]> {
    const found: EvictedVector[] = [];
    for (const hash of this.#byHash.keys()) {
      const vector = await this.find(hash).catch(() => null);
      if (vector !== null) found.push({ hash, vector });
    }
    return found;
  }
}
