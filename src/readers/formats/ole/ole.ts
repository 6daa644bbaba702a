/**
 * Compound files (MS-CFB): the container of `.hwp`, `.doc`, `.xls`, `.ppt` and of encrypted Office documents. We parse
 * them ourselves: the `cfb` package throws where one of many chains is broken, and reads every stream at once.
 */
import { asNumbers, FREE, LAST_SECTOR, SectorTable } from './chains.ts';
import {
  countStreams,
  entriesOf,
  isWhole,
  ROOT,
  scatteredEntries,
  STORAGE,
  STREAM,
  type OleEntry,
} from './entries.ts';

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0];
const HEADER = 512;
/** Number of table sectors that the header itself lists. */
const HEADER_TABLES = 109;
const MINI_CUTOFF = 4096;
const MINI_SIZE = 64;

export function looksLikeOle(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** Reads a stream when it is asked for; damage in a stream ends it early. */
export class Ole {
  readonly #bytes: Buffer;
  readonly #sectorSize: number;
  readonly #count: number;
  readonly #table: SectorTable;
  readonly #miniTable: SectorTable;
  readonly #mini: Buffer;
  /** Streams by path in lower case with `/` between names: case does not distinguish names. */
  readonly #streams = new Map<string, { readonly path: string; readonly entry: OleEntry }>();

  /** Throws a `RangeError` where the bytes are not a compound file. */
  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!looksLikeOle(bytes) || bytes.length < HEADER) throw new RangeError('no compound file');
    this.#sectorSize = this.#bytes.readUInt16LE(30) === 12 ? 4096 : 512;
    this.#count = Math.max(0, Math.ceil(this.#bytes.length / this.#sectorSize) - 1);
    this.#table = new SectorTable(asNumbers(this.#tableBytes()), this.#count);
    const entries = this.#entries();
    const root = entries.find(({ type }) => type === ROOT);
    this.#mini = root === undefined ? Buffer.alloc(0) : this.#chain(root.start, root.size);
    this.#miniTable = new SectorTable(
      asNumbers(this.#chain(this.#bytes.readUInt32LE(60), this.#bytes.length)),
      Math.ceil(this.#mini.length / MINI_SIZE),
    );
    this.#addStreams(entries);
  }

  get paths(): Iterable<string> {
    return this.#streams.keys();
  }

  has(path: string): boolean {
    return this.#streams.has(path.toLowerCase());
  }

  /** The path in its original case. */
  nameOf(path: string): string {
    return this.#streams.get(path.toLowerCase())?.path ?? path;
  }

  /** The bytes of the stream that are there; null where there is no such stream. */
  stream(path: string): Buffer | null {
    const entry = this.#streams.get(path.toLowerCase())?.entry;
    if (entry === undefined) return null;
    if (entry.size >= MINI_CUTOFF) return this.#chain(entry.start, entry.size);
    return joined(this.#miniTable, entry.start, entry.size, MINI_SIZE, sector =>
      this.#mini.subarray(sector * MINI_SIZE, (sector + 1) * MINI_SIZE),
    );
  }

  #entries(): readonly OleEntry[] {
    const listed = entriesOf(this.#chain(this.#bytes.readUInt32LE(48), this.#bytes.length));
    if (isWhole(listed)) return listed;
    const found = scatteredEntries(this.#bytes, this.#sectorSize);
    return countStreams(found) > countStreams(listed) ? found : listed;
  }

  #sector(sector: number): Buffer {
    const at = (sector + 1) * this.#sectorSize;
    return this.#bytes.subarray(at, at + this.#sectorSize);
  }

  #chain(start: number, size: number): Buffer {
    return joined(this.#table, start, size, this.#sectorSize, sector => this.#sector(sector));
  }

  /** The table of all chains. The header lists its first sectors and leads to the others. */
  #tableBytes(): Buffer {
    const parts: Buffer[] = [];
    const lost = Buffer.alloc(this.#sectorSize, 0xff);
    const add = (list: Buffer): void => {
      for (let at = 0; at + 4 <= list.length && parts.length < this.#count; at += 4) {
        const sector = list.readUInt32LE(at);
        // A wrong number leaves a gap, but the sectors after it keep their places.
        if (sector !== FREE) parts.push(sector < this.#count ? this.#sector(sector) : lost);
      }
    };
    add(this.#bytes.subarray(76, 76 + HEADER_TABLES * 4));
    let next = this.#bytes.readUInt32LE(68);
    for (let i = 0; next < LAST_SECTOR && i < this.#count; i++) {
      const sector = this.#sector(next);
      if (sector.length < 8) break;
      add(sector.subarray(0, -4));
      next = sector.readUInt32LE(sector.length - 4);
    }
    return Buffer.concat(parts);
  }

  #addStreams(entries: readonly OleEntry[]): void {
    const seen = new Set<number>();
    const open = [{ index: entries.findIndex(({ type }) => type === ROOT), folder: '' }];
    while (open.length > 0) {
      const { index, folder } = open.pop()!;
      const entry = entries[index];
      if (entry === undefined || seen.has(index)) continue;
      seen.add(index);
      open.push({ index: entry.left, folder }, { index: entry.right, folder });
      if (entry.type === STREAM) this.#add(`${folder}${entry.name}`, entry);
      else
        open.push({
          index: entry.child,
          folder: entry.type === STORAGE ? `${folder}${entry.name}/` : folder,
        });
    }
    // Adds the entries that a broken tree does not lead to.
    entries.forEach((entry, index) => {
      if (entry.type === STREAM && !seen.has(index)) this.#add(entry.name, entry);
    });
  }

  /** Where two entries have the same name, the first one counts. */
  #add(path: string, entry: OleEntry): void {
    const key = path.toLowerCase();
    if (!this.#streams.has(key)) this.#streams.set(key, { path, entry });
  }
}

/** At most `size` bytes of the chain of sectors that begins at `start`. */
function joined(
  table: SectorTable,
  start: number,
  size: number,
  sectorSize: number,
  sectorAt: (sector: number) => Buffer,
): Buffer {
  const parts: Buffer[] = [];
  for (const sector of table.chain(start, Math.ceil(size / sectorSize))) parts.push(sectorAt(sector));
  return Buffer.concat(parts).subarray(0, size);
}
