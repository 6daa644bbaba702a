/**
 * The parts of a zip file, for documents that are one (OOXML, ODF, HWPX, EPUB). Sizes that a file declares are never
 * trusted: a part is unpacked within a budget.
 */
import { entriesOf, packedBytes, type ZipEntry } from './entries.ts';
import { inflateWithin } from './inflate.ts';
import { UnpackBudget } from './unpackBudget.ts';

/** A file that is no zip, or whose parts cannot be found. */
export class NotAZipError extends Error {
  override readonly name = 'NotAZipError';
}

/** A part that needs a password. */
export class EncryptedPartError extends Error {
  override readonly name = 'EncryptedPartError';
}

export class Zip {
  readonly budget: UnpackBudget;
  /** Its end is missing: some parts may be, too. */
  readonly isCutOff: boolean;
  readonly #bytes: Buffer;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #byLowerCase: ReadonlyMap<string, ZipEntry>;

  /** Throws `NotAZipError`, or `UnpacksTooLargeError` for more entries than any document has. */
  constructor(bytes: Uint8Array, budget = new UnpackBudget()) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.budget = budget;
    const { entries, isCutOff } = entriesOf(this.#bytes);
    this.isCutOff = isCutOff;
    if (entries.length === 0) throw new NotAZipError('no entries');
    this.#entries = new Map(entries.map(entry => [entry.name, entry]));
    this.#byLowerCase = new Map(entries.map(entry => [entry.name.toLowerCase(), entry]));
  }

  get names(): Iterable<string> {
    return this.#entries.keys();
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined;
  }

  /**
   * The unpacked part, or null where there is none or its bytes cannot be found; what can be had of one that is
   * damaged. Throws `EncryptedPartError` and `UnpacksTooLargeError`.
   */
  read(name: string): Uint8Array | null {
    const entry = this.#find(name);
    if (entry === undefined) return null;
    const packed = packedBytes(this.#bytes, entry);
    if (packed === null) return null;
    const bytes = this.#unpacked(entry, packed);
    // A flipped bit may say so of a part that anybody can read.
    if (entry.isEncrypted && !looksLikeXml(bytes)) throw new EncryptedPartError('encrypted part');
    return bytes;
  }

  #unpacked(entry: ZipEntry, packed: Uint8Array): Uint8Array | null {
    if (entry.method === 8) return inflateWithin(packed, this.budget);
    if (entry.method !== 0) return null;
    this.budget.take(packed.length);
    return packed;
  }

  /** OPC names parts without regard to case. */
  #find(name: string): ZipEntry | undefined {
    return this.#entries.get(name) ?? this.#byLowerCase.get(name.toLowerCase());
  }
}

export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** By its first letter, or its byte order mark. */
function looksLikeXml(bytes: Uint8Array | null): boolean {
  const [first, second] = bytes ?? [];
  return (
    first === 0x3c ||
    (first === 0xef && second === 0xbb) ||
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff)
  );
}
