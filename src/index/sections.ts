/**
 * The container of every binary file of the index. Little-endian:
 *
 *     0  u32  magic "MLMI"          12  u32  number of sections n
 *     4  u32  format version        16  u32  CRC-32 of bytes 0..16 and of the directory
 *     8  u32  total length          20  u32  zero
 *    24  n × { u32 name (4 ASCII), u32 offset, u32 length, u32 CRC-32 of the section }
 *
 * Sections start at multiples of 8, so that typed arrays can view them in place. A file is trusted only
 * after every checksum held; unknown sections are ignored.
 */
import { crc32 } from './crc32.ts';

const MAGIC = 0x494d4c4d;
export const FORMAT_VERSION = 1;
const HEADER = 24;
const ENTRY = 16;

/** A blob is not what it should be. `newer` tells a format of a later version from damage. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
  readonly newer: boolean;
  constructor(message: string, newer = false) {
    super(message);
    this.newer = newer;
  }
}

export type Sections = ReadonlyMap<string, Uint8Array>;

export function writeSections(sections: Sections): Uint8Array {
  let length = align(HEADER + ENTRY * sections.size);
  const places: { name: string; offset: number; bytes: Uint8Array }[] = [];
  for (const [name, bytes] of sections) {
    if (!/^[\x21-\x7e]{4}$/.test(name)) throw new RangeError(`section name: ${name}`);
    places.push({ name, offset: length, bytes });
    length = align(length + bytes.length);
  }
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FORMAT_VERSION, true);
  view.setUint32(8, length, true);
  view.setUint32(12, places.length, true);
  places.forEach(({ name, offset, bytes }, i) => {
    const at = HEADER + i * ENTRY;
    for (let c = 0; c < 4; c++) view.setUint8(at + c, name.charCodeAt(c));
    view.setUint32(at + 4, offset, true);
    view.setUint32(at + 8, bytes.length, true);
    view.setUint32(at + 12, crc32(bytes), true);
    file.set(bytes, offset);
  });
  view.setUint32(16, headerChecksum(file, places.length), true);
  return file;
}

/** Views into `file`, which must start at a multiple of 8 in its buffer. Throws `DamagedError`. */
export function readSections(file: Uint8Array): Sections {
  if (file.length < HEADER) throw new DamagedError('shorter than its header');
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  if (view.getUint32(0, true) !== MAGIC) throw new DamagedError('not an index file');
  const version = view.getUint32(4, true);
  if (version !== FORMAT_VERSION)
    throw new DamagedError(`format version ${version}, not ${FORMAT_VERSION}`, version > FORMAT_VERSION);
  const count = view.getUint32(12, true);
  if (HEADER + count * ENTRY > file.length) throw new DamagedError('directory beyond the end');
  if (view.getUint32(16, true) !== headerChecksum(file, count)) throw new DamagedError('directory checksum');
  if (view.getUint32(8, true) !== file.length) throw new DamagedError('truncated');
  const sections = new Map<string, Uint8Array>();
  for (let i = 0; i < count; i++) {
    const at = HEADER + i * ENTRY;
    const name = String.fromCharCode(...file.subarray(at, at + 4));
    const offset = view.getUint32(at + 4, true);
    const length = view.getUint32(at + 8, true);
    if (offset % 8 !== 0 || offset + length > file.length)
      throw new DamagedError(`section ${name} beyond the end`);
    const bytes = file.subarray(offset, offset + length);
    if (crc32(bytes) !== view.getUint32(at + 12, true)) throw new DamagedError(`section ${name} checksum`);
    sections.set(name, bytes);
  }
  return sections;
}

function headerChecksum(file: Uint8Array, count: number): number {
  return crc32(file.subarray(HEADER, HEADER + count * ENTRY), crc32(file.subarray(0, 16)));
}

function align(offset: number): number {
  return (offset + 7) & ~7;
}
