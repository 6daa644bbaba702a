/**
 * Where the parts of a zip file stand: by the directory at its end, and by the headers before the parts where that
 * directory is lost or torn. APPNOTE.TXT 6.3.10.
 */
import { UnpacksTooLargeError } from './unpackBudget.ts';

/** More parts than any document has; a directory without zip64 cannot list more. */
const MAX_ENTRIES = 65_536;

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Of the local header. */
  readonly at: number;
  readonly packedSize: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DESCRIPTOR = Buffer.of(0x50, 0x4b, 7, 8);
const LOCAL_SIGNATURE = Buffer.of(0x50, 0x4b, 3, 4);

interface Entries {
  readonly entries: readonly ZipEntry[];
  /** There is no directory at the end: the file was cut off. */
  readonly isCutOff: boolean;
}

/** Throws `UnpacksTooLargeError` for more than any document has. */
export function entriesOf(bytes: Buffer): Entries {
  const listed = centralEntries(bytes);
  if (listed === null) return { entries: localEntries(bytes), isCutOff: true };
  if (listed.isWhole) return { entries: listed.entries, isCutOff: false };
  const names = new Set(listed.entries.map(({ name }) => name));
  const others = localEntries(bytes).filter(({ name }) => !names.has(name));
  return { entries: [...listed.entries, ...others], isCutOff: false };
}

/** The bytes of an entry as they stand in the file; null where its header is not there. */
export function packedBytes(bytes: Buffer, entry: ZipEntry): Uint8Array | null {
  if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== LOCAL) return null;
  const start = dataStart(bytes, entry.at);
  return bytes.subarray(start, Math.min(bytes.length, start + entry.packedSize));
}

/** `isWhole`: it lists as many entries as it says. Null where there is none. */
function centralEntries(
  bytes: Buffer,
): { readonly entries: readonly ZipEntry[]; readonly isWhole: boolean } | null {
  const end = endOfDirectory(bytes);
  if (end === null) return null;
  const size = bytes.readUInt32LE(end + 12);
  // Bytes put before the archive shift every offset; zip64 has its own record, right before which the directory ends.
  const declared = bytes.readUInt32LE(end + 16);
  let at = declared + 4 <= bytes.length && bytes.readUInt32LE(declared) === CENTRAL ? declared : end - size;
  if (at < 0 || at + 4 > bytes.length) return null;
  const shift = at - declared;
  const entries: ZipEntry[] = [];
  let count = 0;
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === CENTRAL) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    add(entries, {
      name: nameOf(bytes.subarray(at + 46, at + 46 + nameLength)),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42) + Math.max(0, shift),
    });
    count++;
    at = next;
  }
  const isWhole = count >= bytes.readUInt16LE(end + 10);
  return entries.length === 0 ? null : { entries, isWhole };
}

function endOfDirectory(bytes: Buffer): number | null {
  const last = bytes.length - 22;
  for (let at = last; at >= Math.max(0, last - 0xffff); at--)
    if (bytes[at] === 0x50 && bytes.readUInt32LE(at) === END) return at;
  return null;
}

/** In their order; of those with one name the first: a zip within this one may have parts of the same names. */
function localEntries(bytes: Buffer): readonly ZipEntry[] {
  const entries = new Map<string, ZipEntry>();
  let at = bytes.indexOf(LOCAL_SIGNATURE);
  while (at !== -1 && at + 30 <= bytes.length) {
    const flags = bytes.readUInt16LE(at + 6);
    const name = nameOf(bytes.subarray(at + 30, at + 30 + bytes.readUInt16LE(at + 26)));
    const method = bytes.readUInt16LE(at + 8);
    const start = dataStart(bytes, at);
    const known = (flags & 8) === 0 ? bytes.readUInt32LE(at + 18) : 0;
    const packedSize = known > 0 ? known : sizeWithoutOne(bytes, start, method);
    const isFolder = name.endsWith('/');
    if (!isFolder && !entries.has(name))
      entries.set(name, { name, method, isEncrypted: (flags & 1) === 1, at, packedSize });
    if (entries.size > MAX_ENTRIES) throw new UnpacksTooLargeError('entries');
    // A size that leads out of the file is not believed.
    at = bytes.indexOf(LOCAL_SIGNATURE, start + known < bytes.length ? start + known : at + 4);
  }
  return [...entries.values()];
}

/** Of an entry whose size stands behind its data: deflated data says itself where it ends; other data ends there. */
function sizeWithoutOne(bytes: Buffer, start: number, method: number): number {
  if (method === 8 || start >= bytes.length) return Math.max(0, bytes.length - start);
  const next = bytes.indexOf(LOCAL_SIGNATURE, start);
  const data = bytes.subarray(start, next === -1 ? bytes.length : next);
  const end = data.indexOf(DESCRIPTOR);
  return end === -1 ? data.length : end;
}

function dataStart(bytes: Buffer, at: number): number {
  return at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
}

function add(entries: ZipEntry[], entry: ZipEntry): void {
  if (!entry.name.endsWith('/')) entries.push(entry);
  if (entries.length > MAX_ENTRIES) throw new UnpacksTooLargeError('entries');
}

/** Some programs write names with backslashes, or from the root. */
function nameOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes).replaceAll('\\', '/').replace(/^\/+/, '');
}
