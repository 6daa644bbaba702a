/**
 * The parts of a zip file, for documents that are one (OOXML, ODF, EPUB). APPNOTE.TXT 6.3.10. Sizes that a file
 * declares are never trusted: a part is unpacked within a budget. A file that was cut off is read by its local
 * headers as far as it goes.
 */
import { inflateWithin } from './inflate.ts';
import { UnpackBudget, UnpacksTooLargeError } from './unpackBudget.ts';

/** More parts than any document has. */
const MAX_ENTRIES = 20_000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Of the local header. */
  readonly at: number;
  readonly packedSize: number;
}

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
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #byLowerCase: ReadonlyMap<string, Entry>;

  /** Throws `NotAZipError`, or `UnpacksTooLargeError` for more entries than any document has. */
  constructor(bytes: Uint8Array, budget = new UnpackBudget()) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.budget = budget;
    const listed = centralEntries(this.#bytes);
    const entries = listed ?? localEntries(this.#bytes);
    this.isCutOff = listed === null;
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
   * The unpacked part, or null where there is none or its bytes cannot be found. Throws `EncryptedPartError` and
   * `UnpacksTooLargeError`.
   */
  read(name: string): Uint8Array | null {
    const entry = this.#find(name);
    if (entry === undefined) return null;
    const packed = packedBytes(this.#bytes, entry);
    if (packed === null) return null;
    const bytes = this.#unpacked(entry, packed);
    // A flipped bit may say so of a part that anybody can read.
    if (entry.isEncrypted && bytes?.[0] !== 0x3c) throw new EncryptedPartError('encrypted part');
    return bytes;
  }

  #unpacked(entry: Entry, packed: Uint8Array): Uint8Array | null {
    if (entry.method === 8) return inflateWithin(packed, this.budget);
    if (entry.method !== 0) return null;
    if (packed.length > this.budget.room) throw new UnpacksTooLargeError('a stored part');
    this.budget.take(packed.length);
    return packed;
  }

  /** OPC names parts without regard to case. */
  #find(name: string): Entry | undefined {
    return this.#entries.get(name) ?? this.#byLowerCase.get(name.toLowerCase());
  }
}

export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DESCRIPTOR = Buffer.of(0x50, 0x4b, 7, 8);
const LOCAL_SIGNATURE = Buffer.of(0x50, 0x4b, 3, 4);

/** Null where there is no directory at the end: the file was cut off. */
function centralEntries(bytes: Buffer): Entry[] | null {
  const end = endOfDirectory(bytes);
  if (end === null) return null;
  const size = bytes.readUInt32LE(end + 12);
  // Bytes put before the archive shift every offset; zip64 has its own record, right before which the directory ends.
  const declared = bytes.readUInt32LE(end + 16);
  let at = declared + 4 <= bytes.length && bytes.readUInt32LE(declared) === CENTRAL ? declared : end - size;
  if (at < 0 || at + 4 > bytes.length) return null;
  const shift = at - declared;
  const entries: Entry[] = [];
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === CENTRAL) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    entries.push({
      name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength)),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42) + Math.max(0, shift),
    });
    if (entries.length > MAX_ENTRIES) throw new UnpacksTooLargeError('entries');
    at = next;
  }
  return entries.length === 0 ? null : entries;
}

function endOfDirectory(bytes: Buffer): number | null {
  const last = bytes.length - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--)
    if (bytes[at] === 0x50 && bytes.readUInt32LE(at) === END) return at;
  return null;
}

function localEntries(bytes: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = bytes.indexOf(LOCAL_SIGNATURE); at !== -1; at = bytes.indexOf(LOCAL_SIGNATURE, at + 4)) {
    if (at + 30 > bytes.length) break;
    const flags = bytes.readUInt16LE(at + 6);
    const name = nameOf(bytes.subarray(at + 30, at + 30 + bytes.readUInt16LE(at + 26)));
    const method = bytes.readUInt16LE(at + 8);
    const packedSize = (flags & 8) === 0 ? bytes.readUInt32LE(at + 18) : sizeWithoutOne(bytes, at);
    entries.push({ name, method, isEncrypted: (flags & 1) === 1, at, packedSize });
    if (entries.length > MAX_ENTRIES) throw new UnpacksTooLargeError('entries');
  }
  return entries;
}

/** Of an entry whose size stands behind its data: up to there, or to the next entry. */
function sizeWithoutOne(bytes: Buffer, at: number): number {
  const start = dataStart(bytes, at);
  const ends = [DESCRIPTOR, LOCAL_SIGNATURE]
    .map(mark => bytes.indexOf(mark, start))
    .filter(end => end !== -1);
  return Math.min(bytes.length, ...ends) - start;
}

function dataStart(bytes: Buffer, at: number): number {
  return at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
}

function packedBytes(bytes: Buffer, entry: Entry): Uint8Array | null {
  if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== LOCAL) return null;
  const start = dataStart(bytes, entry.at);
  return bytes.subarray(start, Math.min(bytes.length, start + entry.packedSize));
}

/** Some programs write names with backslashes, or from the root. */
function nameOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes).replaceAll('\\', '/').replace(/^\/+/, '');
}
