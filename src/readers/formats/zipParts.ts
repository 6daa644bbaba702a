/** The parts of a zipped document by their names, unpacked one by one when they are asked for. */
import { inflateRaw, type UnpackLimit } from './unpacking.ts';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** A document has some thousands of parts at most; an archive of more is none. */
const MAX_PARTS = 65_536;

interface Part {
  /** Of the local header. */
  readonly start: number;
  readonly packed: number;
  readonly method: number;
  /** The part itself has a password, by the zip's own encryption. */
  readonly isEncrypted: boolean;
}

/**
 * Reads the directory at the archive's end; where that is lost, as in a file that is cut off, the headers before each
 * part. What a part's header says of its unpacked size is not believed.
 */
export class ZipParts {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #limit: UnpackLimit;
  readonly #parts = new Map<string, Part>();

  constructor(bytes: Uint8Array, limit: UnpackLimit) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limit = limit;
    if (!this.#readDirectory()) this.#readHeaders();
  }

  get names(): string[] {
    return [...this.#parts.keys()];
  }

  isEncrypted(name: string): boolean {
    return this.#parts.get(name)?.isEncrypted ?? false;
  }

  /** Null where there is no such part; what can be had of one that is damaged. */
  read(name: string): Uint8Array | null {
    const part = this.#parts.get(name);
    if (part === undefined || part.start + 30 > this.#bytes.length) return null;
    if (this.#view.getUint32(part.start, true) !== LOCAL) return null;
    const start =
      part.start +
      30 +
      this.#view.getUint16(part.start + 26, true) +
      this.#view.getUint16(part.start + 28, true);
    const packed = this.#bytes.subarray(start, Math.min(start + part.packed, this.#bytes.length));
    if (part.method === 8) return inflateRaw(packed, this.#limit);
    if (part.method !== 0) return null;
    this.#limit.take(packed.length);
    return packed;
  }

  #readDirectory(): boolean {
    const view = this.#view;
    let end = view.byteLength - 22;
    const first = Math.max(0, end - 0xffff);
    while (end >= first && view.getUint32(end, true) !== END) end--;
    if (end < first) return false;
    let at = view.getUint32(end + 16, true);
    for (let i = 0; i < MAX_PARTS && at + 46 <= end && view.getUint32(at, true) === CENTRAL; i++) {
      const name = this.#name(at + 46, view.getUint16(at + 28, true));
      this.#add(name, {
        start: view.getUint32(at + 42, true),
        packed: view.getUint32(at + 20, true),
        method: view.getUint16(at + 10, true),
        isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      });
      at +=
        46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return this.#parts.size > 0;
  }

  #readHeaders(): void {
    const view = this.#view;
    let at = 0;
    while (at + 30 <= view.byteLength && this.#parts.size < MAX_PARTS) {
      if (view.getUint32(at, true) !== LOCAL) {
        at++;
        continue;
      }
      const nameLength = view.getUint16(at + 26, true);
      const data = at + 30 + nameLength + view.getUint16(at + 28, true);
      const flags = view.getUint16(at + 6, true);
      const known = view.getUint32(at + 18, true);
      // With bit 3 the size stands behind the part: the inflater finds the end by itself.
      const packed = (flags & 8) !== 0 || known === 0 ? view.byteLength - data : known;
      this.#add(this.#name(at + 30, nameLength), {
        start: at,
        packed: Math.max(0, packed),
        method: view.getUint16(at + 8, true),
        isEncrypted: (flags & 1) !== 0,
      });
      at = (flags & 8) !== 0 ? data : data + known;
    }
  }

  #add(name: string, part: Part): void {
    if (!name.endsWith('/') && !this.#parts.has(name)) this.#parts.set(name, part);
  }

  #name(start: number, length: number): string {
    const name = new TextDecoder().decode(this.#bytes.subarray(start, start + length));
    return name.replaceAll('\\', '/').replace(/^\/+/u, '');
  }
}
