/** Many strings in one section: u32 count, u32 offsets[count + 1], then UTF-8. */
import { DamagedError } from './sections.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function writeStrings(strings: readonly string[]): Uint8Array {
  return writeByteStrings(strings.map(text => encoder.encode(text)));
}

export function writeByteStrings(strings: readonly Uint8Array[]): Uint8Array {
  const head = 4 * (strings.length + 2);
  const bytes = new Uint8Array(head + strings.reduce((sum, text) => sum + text.length, 0));
  const offsets = new Uint32Array(bytes.buffer, 0, strings.length + 2);
  offsets[0] = strings.length;
  let at = 0;
  strings.forEach((text, i) => {
    offsets[i + 1] = at;
    bytes.set(text, head + at);
    at += text.length;
  });
  offsets[strings.length + 1] = at;
  return bytes;
}

export class StringTable {
  readonly length: number;
  readonly #offsets: Uint32Array;
  readonly #bytes: Uint8Array;

  /** Throws `DamagedError` where the offsets don't fit the bytes. */
  constructor(section: Uint8Array) {
    if (section.length < 8) throw new DamagedError('string table too short');
    const count = new Uint32Array(section.buffer, section.byteOffset, 1)[0]!;
    const head = 4 * (count + 2);
    if (head > section.length) throw new DamagedError('string table too short');
    this.length = count;
    this.#offsets = new Uint32Array(section.buffer, section.byteOffset + 4, count + 1);
    this.#bytes = section.subarray(head);
    if (this.#offsets[count] !== this.#bytes.length) throw new DamagedError('string table length');
  }

  get(index: number): string {
    return decoder.decode(this.bytes(index));
  }

  bytes(index: number): Uint8Array {
    return this.#bytes.subarray(this.#offsets[index], this.#offsets[index + 1]);
  }

  /** In a table sorted by bytes: the index of the first string that is not below `key`. */
  lowerBound(key: Uint8Array): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareBytes(this.bytes(middle), key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
