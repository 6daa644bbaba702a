/**
 * Vectors of passages, kept beside the indexes of an evaluation, so that a change of the index's format or of
 * the ranking encodes nothing again. The file is derived and may be deleted; a record that was cut off at the
 * end is dropped.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { SparseVector } from '../index/sparseVector.ts';
import type { EncodedBatch, EncoderInput } from '../model/encoder.ts';

/**
 * Size of the key in bytes. After it come the number of dimensions (u32), dimensions (u32), weights (f32) and
 * places (u16).
 */
const KEY_BYTES = 16;
const HEAD_BYTES = KEY_BYTES + 4;
const ENTRY_BYTES = 4 + 4 + 2;

export class VectorCache {
  readonly #file: FileHandle;
  readonly #known: Map<string, SparseVector>;

  private constructor(file: FileHandle, known: Map<string, SparseVector>) {
    this.#file = file;
    this.#known = known;
  }

  /** `fingerprint` names the model and everything else that its vectors depend on. */
  static async open(folder: string, fingerprint: string): Promise<VectorCache> {
    await mkdir(folder, { recursive: true });
    const name = path.join(folder, `vectors-${fingerprint}.bin`);
    const bytes = await readFile(name).catch(() => Buffer.alloc(0));
    const { known, end } = recordsOf(bytes);
    if (end < bytes.length) await truncate(name, end);
    return new VectorCache(await open(name, 'a'), known);
  }

  get size(): number {
    return this.#known.size;
  }

  /** Resolves to the batch's vectors, encoding only those that are not cached. `tokens` counts what was encoded. */
  async encode(
    batch: readonly EncoderInput[],
    encode: (missing: readonly EncoderInput[]) => Promise<EncodedBatch>,
  ): Promise<EncodedBatch> {
    const keys = batch.map(keyOf);
    const missing = batch.filter((_, i) => !this.#known.has(keys[i]!));
    const encoded = missing.length === 0 ? null : await encode(missing);
    if (encoded !== null) {
      const added = missing.map((input, i) => [keyOf(input), encoded.vectors[i]!] as const);
      for (const [key, vector] of added) this.#known.set(key, vector);
      await this.#file.appendFile(Buffer.concat(added.map(([key, vector]) => recordOf(key, vector))));
    }
    const vectors = keys.map(key => this.#known.get(key)!);
    return { vectors, tokens: encoded?.tokens ?? 0, milliseconds: encoded?.milliseconds ?? 0 };
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function keyOf({ kind, context, text, markup }: EncoderInput): string {
  return createHash('sha256')
    .update(`${kind}\0${context}\0${text}${markup === 'none' ? '\0' : ''}`)
    .digest('hex')
    .slice(0, 2 * KEY_BYTES);
}

function recordOf(key: string, { dimensions, weights, places }: SparseVector): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32LE(dimensions.length);
  const parts = [dimensions, weights, places].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([Buffer.from(key, 'hex'), count, ...parts]);
}

function recordsOf(bytes: Buffer): { readonly known: Map<string, SparseVector>; readonly end: number } {
  const known = new Map<string, SparseVector>();
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length) {
    const count = bytes.readUInt32LE(at + KEY_BYTES);
    const end = at + HEAD_BYTES + count * ENTRY_BYTES;
    if (end > bytes.length) break;
    const key = bytes.toString('hex', at, at + KEY_BYTES);
    // A copy is aligned; a record in the file need not be.
    const body = new Uint8Array(bytes.subarray(at + HEAD_BYTES, end)).buffer;
    known.set(key, {
      dimensions: new Uint32Array(body, 0, count),
      weights: new Float32Array(body, 4 * count, count),
      places: new Uint16Array(body, 8 * count, count),
    });
    at = end;
  }
  return { known, end: at };
}
