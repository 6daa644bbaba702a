/**
 * The features of a passage in the form in which a client scores it: bytes, in one stored field.
 *
 * Little-endian: varint n (dimensions), varint p (terms in prose), varint b (terms beside it), float64 length,
 * n × float32 weight, (p + b) × 48-bit key of a name (big-endian, ascending among each kind), (p + b) × byte frequency in
 * fifths, n × varint difference of a dimension to the one before, n × varint place.
 *
 * A search scores a few dozen candidates and shows ten. As JSON, unpacking, parsing and checking a candidate's features
 * took half a millisecond; here it is a hundredth.
 */
import { BM25 } from '../search/ranking/bm25.ts';
import { ByteReader, ByteSink } from '../index/segment/byteSink.ts';
import type { SparseVector } from '../index/sparseVector.ts';

/** A term of a passage. */
export interface PackedTerm {
  /** `FeatureNames.key`. */
  readonly key: number;
  /** BM25's, in fifths: a whole number, because metadata counts so; at most 93. */
  readonly fifths: number;
}

const KEY_BYTES = 6;
const WEIGHT_BYTES = 4;
const LENGTH_BYTES = 8;
/** Bytes of one passage; an honest one has some thousand. */
const MOST_BYTES = 512 * 1024;
const FIFTH = BM25.metadataWeight;

export function packFeatures(
  { dimensions, weights, places }: SparseVector,
  prose: readonly PackedTerm[],
  beside: readonly PackedTerm[],
  length: number,
): string {
  const terms = [...ascending(prose), ...ascending(beside)];
  const head = new ByteSink();
  for (const count of [dimensions.length, prose.length, beside.length]) head.varint(count);
  const fixed = Buffer.alloc(LENGTH_BYTES + WEIGHT_BYTES * weights.length + (KEY_BYTES + 1) * terms.length);
  let at = fixed.writeDoubleLE(length, 0);
  for (const weight of weights) at = fixed.writeFloatLE(weight, at);
  for (const { key } of terms) at = fixed.writeUIntBE(key, at, KEY_BYTES);
  for (const { fifths } of terms) at = fixed.writeUInt8(fifths, at);
  const tail = new ByteSink();
  dimensions.forEach((dimension, i) => tail.varint(dimension - (i === 0 ? 0 : dimensions[i - 1]!)));
  for (const place of places) tail.varint(place);
  return Buffer.concat([...head.chunks(), fixed, ...tail.chunks()]).toString('base64');
}

function ascending(terms: readonly PackedTerm[]): readonly PackedTerm[] {
  return [...terms].sort((a, b) => a.key - b.key);
}

export class PackedFeatures {
  /** BM25's document length. */
  readonly length: number;
  /** Dimensions ascending. */
  readonly vector: SparseVector;
  readonly #bytes: Buffer;
  readonly #keys: number;
  readonly #prose: number;
  readonly #terms: number;

  private constructor(bytes: Buffer) {
    const reader = new ByteReader(bytes);
    const count = reader.varint();
    this.#prose = reader.varint();
    this.#terms = this.#prose + reader.varint();
    const weightsAt = reader.at + LENGTH_BYTES;
    this.#keys = weightsAt + WEIGHT_BYTES * count;
    const rest = this.#keys + (KEY_BYTES + 1) * this.#terms;
    // Two bytes for each dimension at the least: no count is believed that the bytes do not bear out.
    if (rest + 2 * count > bytes.length) throw new RangeError('counts');
    this.#bytes = bytes;
    this.length = bytes.readDoubleLE(reader.at);
    const weights = new Float32Array(count);
    let least = this.length;
    for (let i = 0; i < count; i++) {
      weights[i] = bytes.readFloatLE(weightsAt + WEIGHT_BYTES * i);
      least = Math.min(least, weights[i]!);
    }
    reader.at = rest;
    const dimensions = new Uint32Array(count);
    for (let i = 0, dimension = 0; i < count; i++) dimensions[i] = dimension += reader.varint();
    const places = new Uint16Array(count);
    for (let i = 0; i < count; i++) places[i] = reader.varint();
    if (
      !(least >= 0) ||
      !Number.isFinite(this.length) ||
      !weights.every(Number.isFinite) ||
      reader.at !== bytes.length
    )
      throw new RangeError('features');
    this.vector = { dimensions, weights, places };
  }

  /** Null where it is nothing that `packFeatures` made. */
  static read(base64: unknown): PackedFeatures | null {
    if (typeof base64 !== 'string' || base64.length > 2 * MOST_BYTES) return null;
    try {
      return new PackedFeatures(Buffer.from(base64, 'base64'));
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  /** BM25's frequency of a term, by prose first; 0 for a term that is not there. */
  frequency(key: number): number {
    const at = this.#find(key, 0, this.#prose) ?? this.#find(key, this.#prose, this.#terms);
    return at === null ? 0 : this.#bytes[this.#keys + KEY_BYTES * this.#terms + at]! * FIFTH;
  }

  #find(key: number, from: number, to: number): number | null {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const found = this.#bytes.readUIntBE(this.#keys + KEY_BYTES * middle, KEY_BYTES);
      if (found === key) return middle;
      if (found < key) low = middle + 1;
      else high = middle;
    }
    return null;
  }
}
