/**
 * The container of every binary file of the index. Little-endian:
 *
 *     0  u32  magic "MLMI"          12  u32  number of sections n
 *     4  u32  format version        16  u32  CRC-32 of bytes 0..16, 20..24 and of the directory
 *     8  u32  total length          20  u32  where the first part ends
 *    24  n × { u32 name (4 ASCII), u32 offset, u32 length, u32 checksum, u32 first of its sums }
 *
 * Sections start at multiples of 8, so that typed arrays can view them in place. The first part (header,
 * directory, small sections, the list of sums) is read when the file is opened, and each of its sections has
 * a CRC-32. Large sections come after it and are read in parts: each block of 16 KB has a CRC-32 in the list
 * of sums (section "SUMS"). Nothing is trusted before its checksum held; unknown sections are ignored.
 *
 * Every version keeps the layout of header and directory, so that each recognises the files of another.
 */
import type { OpenBlob } from '../blobStore.ts';
import { bytesOf, joined } from './byteSink.ts';
import { crc32 } from './crc32.ts';
import { ReadCache } from '../readCache.ts';
import { SectionStream } from './sectionStream.ts';

const MAGIC = 0x494d4c4d;
export const FORMAT_VERSION = 6;
const HEADER = 24;
const ENTRY = 20;
const BLOCK = 16_384;
const SUMS = 'SUMS';
/** Value for a section in the first part. */
const NO_SUMS = 0xffff_ffff;
/**
 * Minimum size in bytes of a file's read cache. The candidates of a query are read again by the next one, and
 * reading and checking 16 KB for each vector would cost more than all the scoring.
 */
const MIN_RECENT = 1 << 18;
const MAX_RECENT = 4 << 20;
/** Number of bytes read first, which usually cover the whole first part. */
const FIRST_READ = 65_536;

/** The content of a blob is invalid. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
  /** Set where the blob is of an earlier or later version, and not damaged. */
  readonly version: 'older' | 'newer' | null;
  constructor(message: string, version: 'older' | 'newer' | null = null) {
    super(message);
    this.version = version;
  }
}

export type Sections = ReadonlyMap<string, Uint8Array>;
/** Sections to be written, each in chunks. */
export type SectionList = readonly (readonly [name: string, parts: readonly Uint8Array[]])[];

/**
 * The parts of a file, one after the other. `large` names the sections that will be read in parts; their
 * chunks must be multiples of 16 KB, except the last one.
 */
export function writeSections(
  sections: SectionList,
  large: ReadonlySet<string> = new Set(),
): readonly Uint8Array[] {
  const first: [string, readonly Uint8Array[]][] = [];
  const second: [string, readonly Uint8Array[]][] = [];
  for (const [name, parts] of sections) (large.has(name) ? second : first).push([name, parts]);
  const sums: number[] = [];
  const firstSums = second.map(([, parts]) => {
    const begin = sums.length;
    for (const part of parts)
      for (let at = 0; at < part.length; at += BLOCK) sums.push(crc32(part.subarray(at, at + BLOCK)));
    return begin;
  });
  if (second.length > 0) first.push([SUMS, [bytesOf(Uint32Array.from(sums))]]);
  const all = [...first, ...second];
  let length = align(HEADER + ENTRY * all.length);
  const places = all.map(([name, parts], i) => {
    if (!/^[\x21-\x7e]{4}$/.test(name)) throw new RangeError(`section name: ${name}`);
    const offset = length;
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    length = align(length + size);
    const isFirst = i < first.length;
    const checksum = isFirst ? parts.reduce((sum, part) => crc32(part, sum), 0) : 0;
    return { name, offset, size, checksum, sums: isFirst ? NO_SUMS : firstSums[i - first.length]! };
  });
  const firstEnd = places[first.length]?.offset ?? length;
  const head = new Uint8Array(firstEnd);
  const view = new DataView(head.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FORMAT_VERSION, true);
  view.setUint32(8, length, true);
  view.setUint32(12, places.length, true);
  view.setUint32(20, firstEnd, true);
  places.forEach(({ name, offset, size, checksum, sums: own }, i) => {
    const at = HEADER + i * ENTRY;
    for (let c = 0; c < 4; c++) view.setUint8(at + c, name.charCodeAt(c));
    view.setUint32(at + 4, offset, true);
    view.setUint32(at + 8, size, true);
    view.setUint32(at + 12, checksum, true);
    view.setUint32(at + 16, own, true);
    if (i < first.length) head.set(joined(first[i]![1]), offset);
  });
  view.setUint32(16, headerChecksum(head, places.length), true);
  const parts: Uint8Array[] = [head];
  second.forEach(([, chunks], i) => {
    const { offset, size } = places[first.length + i]!;
    parts.push(...chunks, new Uint8Array(align(offset + size) - offset - size));
  });
  return parts.filter(part => part.length > 0);
}

interface Place {
  readonly offset: number;
  readonly length: number;
  readonly checksum: number;
  readonly sums: number;
}

export class SectionFile {
  readonly size: number;
  readonly #blob: OpenBlob;
  readonly #places: ReadonlyMap<string, Place>;
  readonly #first: Sections;
  readonly #sums: Uint32Array;
  readonly #recent: ReadCache;

  private constructor(blob: OpenBlob, places: ReadonlyMap<string, Place>, first: Sections) {
    this.size = blob.size;
    this.#recent = new ReadCache(Math.max(MIN_RECENT, Math.min(MAX_RECENT, blob.size / 32)));
    this.#blob = blob;
    this.#places = places;
    this.#first = first;
    const sums = first.get(SUMS) ?? new Uint8Array();
    this.#sums = new Uint32Array(sums.buffer, sums.byteOffset, sums.length >> 2);
  }

  /** Opens a file: reads and checks its first part. Throws `DamagedError`. */
  static async open(blob: OpenBlob): Promise<SectionFile> {
    let part = await blob.read(0, Math.min(blob.size, FIRST_READ));
    const { count, end } = readHeader(part, blob.size);
    if (end > part.length) part = await blob.read(0, end);
    if (part.length < end) throw new DamagedError('truncated');
    const view = new DataView(part.buffer, part.byteOffset, part.length);
    if (view.getUint32(16, true) !== headerChecksum(part, count))
      throw new DamagedError('directory checksum');
    const places = new Map<string, Place>();
    const first = new Map<string, Uint8Array>();
    for (let i = 0; i < count; i++) {
      const at = HEADER + i * ENTRY;
      const name = String.fromCharCode(...part.subarray(at, at + 4));
      const [offset, length, checksum, sums] = [4, 8, 12, 16].map(o => view.getUint32(at + o, true)) as [
        number,
        number,
        number,
        number,
      ];
      const limit = sums === NO_SUMS ? end : blob.size;
      if (offset % 8 !== 0 || offset + length > limit)
        throw new DamagedError(`section ${name} beyond the end`);
      places.set(name, { offset, length, checksum, sums });
      if (sums !== NO_SUMS) continue;
      const bytes = part.subarray(offset, offset + length);
      if (crc32(bytes) !== checksum) throw new DamagedError(`section ${name} checksum`);
      first.set(name, bytes);
    }
    return new SectionFile(blob, places, first);
  }

  /** The small sections. */
  get sections(): Sections {
    return this.#first;
  }

  /** Length of a large section in bytes. Throws `DamagedError` where there is none of this name. */
  lengthOf(name: string): number {
    return this.#place(name).length;
  }

  /** Bytes `[start, end)` of a large section, if they are in the read cache; they must not be written to. */
  recent(name: string, start: number, end: number): Uint8Array | undefined {
    return this.#recent.get(`${name}${start}-${end}`);
  }

  /** Bytes `[start, end)` of a large section, which must not be written to. Throws `DamagedError`. */
  async read(name: string, start: number, end: number): Promise<Uint8Array> {
    const known = this.recent(name, start, end);
    if (known !== undefined) return known;
    const bytes = await this.#checked(name, start, end);
    this.#recent.set(`${name}${start}-${end}`, bytes);
    return bytes;
  }

  /** Reads and checks bytes from disk, in a buffer of their own. */
  async #checked(name: string, start: number, end: number): Promise<Uint8Array> {
    const { offset, length, sums } = this.#place(name);
    if (start < 0 || end < start || end > length) throw new DamagedError(`section ${name} range`);
    if (start === end) return new Uint8Array();
    const from = Math.floor(start / BLOCK) * BLOCK;
    const to = Math.min(length, Math.ceil(end / BLOCK) * BLOCK);
    const bytes = await this.#blob.read(offset + from, to - from);
    if (bytes.length !== to - from) throw new DamagedError(`section ${name} truncated`);
    for (let at = 0; at < bytes.length; at += BLOCK)
      if (crc32(bytes.subarray(at, at + BLOCK)) !== this.#sums[sums + (from + at) / BLOCK])
        throw new DamagedError(`section ${name} checksum`);
    return bytes.slice(start - from, end - from);
  }

  /** Streams a large section from beginning to end without caching it. */
  stream(name: string): SectionStream {
    const length = this.lengthOf(name);
    return new SectionStream(length, (start, end) => this.#checked(name, start, end));
  }

  /** Reads and checks everything, including what is in memory. Throws `DamagedError`. */
  async verify(): Promise<void> {
    await SectionFile.open(this.#blob);
    for (const [name, { length, sums }] of this.#places) {
      if (sums === NO_SUMS) continue;
      for (let at = 0; at < length; at += 64 * BLOCK)
        await this.#checked(name, at, Math.min(length, at + 64 * BLOCK));
    }
    await this.#verifyPadding();
  }

  /** Sections begin at multiples of 8, with only zeros in between. */
  async #verifyPadding(): Promise<void> {
    let at = HEADER + ENTRY * this.#places.size;
    for (const { offset, length } of [...this.#places.values(), { offset: this.size, length: 0 }]) {
      const between = await this.#blob.read(at, offset - at);
      if (between.some(byte => byte !== 0)) throw new DamagedError('padding');
      at = offset + length;
    }
  }

  #place(name: string): Place {
    const place = this.#places.get(name);
    if (place === undefined || place.sums === NO_SUMS) throw new DamagedError(`section ${name} missing`);
    return place;
  }

  async close(): Promise<void> {
    await this.#blob.close();
  }
}

function readHeader(part: Uint8Array, size: number): { readonly count: number; readonly end: number } {
  if (part.length < HEADER) throw new DamagedError('shorter than its header');
  const view = new DataView(part.buffer, part.byteOffset, part.length);
  if (view.getUint32(0, true) !== MAGIC) throw new DamagedError('not an index file');
  const version = view.getUint32(4, true);
  const count = view.getUint32(12, true);
  const end = view.getUint32(20, true);
  if (version !== FORMAT_VERSION) {
    // Another version is reported only where the whole header is consistent; a single changed bit is damage.
    const whole =
      HEADER + count * ENTRY <= part.length && view.getUint32(16, true) === headerChecksum(part, count);
    const other = version > FORMAT_VERSION ? 'newer' : 'older';
    throw new DamagedError(`format version ${version}, not ${FORMAT_VERSION}`, whole ? other : null);
  }
  if (HEADER + count * ENTRY > end || end > size) throw new DamagedError('directory beyond the end');
  if (view.getUint32(8, true) !== size) throw new DamagedError('truncated');
  return { count, end };
}

function headerChecksum(file: Uint8Array, count: number): number {
  const start = crc32(file.subarray(20, 24), crc32(file.subarray(0, 16)));
  return crc32(file.subarray(HEADER, HEADER + count * ENTRY), start);
}

function align(offset: number): number {
  return (offset + 7) & ~7;
}
