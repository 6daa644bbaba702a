/** Bytes written one after the other, in chunks, so that growing copies nothing. */

/** Checksums cover blocks of 16 KB, so each chunk holds whole blocks. */
const FIRST = 16_384;
const LARGEST = 1 << 20;

export class ByteSink {
  readonly #full: Uint8Array[] = [];
  #chunk = new Uint8Array(FIRST);
  #at = 0;
  #fullLength = 0;

  get length(): number {
    return this.#fullLength + this.#at;
  }

  byte(value: number): void {
    if (this.#at === this.#chunk.length) this.#next();
    this.#chunk[this.#at++] = value;
  }

  /** Writes an integer from 0 to 2^31 - 1 in seven bits a byte, lowest first (LEB128). */
  varint(value: number): void {
    let rest = value;
    for (; rest > 127; rest >>>= 7) this.byte((rest & 127) | 128);
    this.byte(rest);
  }

  append(bytes: Uint8Array): void {
    let from = 0;
    while (from < bytes.length) {
      if (this.#at === this.#chunk.length) this.#next();
      const count = Math.min(bytes.length - from, this.#chunk.length - this.#at);
      // Making a view costs more than copying a few bytes.
      if (count < 32) for (let i = 0; i < count; i++) this.#chunk[this.#at + i] = bytes[from + i]!;
      else this.#chunk.set(bytes.subarray(from, from + count), this.#at);
      this.#at += count;
      from += count;
    }
  }

  #next(): void {
    this.#full.push(this.#chunk);
    this.#fullLength += this.#chunk.length;
    this.#chunk = new Uint8Array(Math.min(LARGEST, this.#chunk.length * 2));
    this.#at = 0;
  }

  /** All bytes written. All chunks except the last are multiples of 16 KB. */
  chunks(): readonly Uint8Array[] {
    return [...this.#full, this.#chunk.subarray(0, this.#at)];
  }
}

/** Reads varints one after the other. A number that does not end within `bytes` comes out too large, or as 0. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.at >= this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    return value;
  }

  bytes(length: number): Uint8Array {
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The bytes of numbers as this machine has them: the index is little-endian, as are all machines that run it. */
export function bytesOf(numbers: Uint16Array | Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}
