/**
 * Compound files (MS-CFB): the container of `.doc`, `.xls`, `.ppt` and of encrypted Office documents. Own reading:
 * the `cfb` package throws where one of many chains is broken, and reads every stream at once.
 */

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0];
const HEADER = 512;
/** Entries of the table of tables that stand in the header. */
const HEADER_TABLES = 109;
const ENTRY = 128;
const LAST_SECTOR = 0xfffffffa;
const MINI_CUTOFF = 4096;
const MINI_SHIFT = 6;
const [STORAGE, STREAM, ROOT] = [1, 2, 5];

export function looksLikeOle(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

/** Streams are read when they are asked for; what is broken in one ends it early. */
export class Ole {
  readonly #bytes: Buffer;
  readonly #shift: number;
  readonly #table: Uint32Array;
  readonly #miniTable: Uint32Array;
  readonly #mini: Buffer;
  /** By path in lower case, `/`-separated: names are equal whatever their case. */
  readonly #streams = new Map<string, { readonly path: string; readonly entry: Entry }>();

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!looksLikeOle(bytes) || bytes.length < HEADER) throw new RangeError('no compound file');
    this.#shift = this.#bytes.readUInt16LE(30) === 12 ? 12 : 9;
    this.#table = asNumbers(this.#tableBytes());
    const entries = entriesOf(this.#chain(this.#bytes.readUInt32LE(48), this.#bytes.length));
    this.#miniTable = asNumbers(this.#chain(this.#bytes.readUInt32LE(60), this.#bytes.length));
    const root = entries.find(({ type }) => type === ROOT);
    this.#mini = root === undefined ? Buffer.alloc(0) : this.#chain(root.start, root.size);
    this.#addStreams(entries);
  }

  get paths(): Iterable<string> {
    return this.#streams.keys();
  }

  has(path: string): boolean {
    return this.#streams.has(path.toLowerCase());
  }

  /** The path as it is written. */
  nameOf(path: string): string {
    return this.#streams.get(path.toLowerCase())?.path ?? path;
  }

  stream(path: string): Buffer | null {
    const entry = this.#streams.get(path.toLowerCase())?.entry;
    if (entry === undefined) return null;
    if (entry.size >= MINI_CUTOFF) return this.#chain(entry.start, entry.size);
    return chainOf(this.#miniTable, entry.start, entry.size, MINI_SHIFT, sector => {
      const at = sector << MINI_SHIFT;
      return this.#mini.subarray(at, at + (1 << MINI_SHIFT));
    });
  }

  #sector(sector: number): Buffer {
    const at = (sector + 1) * 2 ** this.#shift;
    return this.#bytes.subarray(at, at + 2 ** this.#shift);
  }

  #chain(start: number, size: number): Buffer {
    return chainOf(this.#table, start, size, this.#shift, sector => this.#sector(sector));
  }

  /** The table of all chains: its own sectors are listed in the header, and on from there. */
  #tableBytes(): Buffer {
    const most = Math.ceil(this.#bytes.length / 2 ** this.#shift);
    const parts: Buffer[] = [];
    const add = (list: Buffer): void => {
      for (let at = 0; at + 4 <= list.length && parts.length < most; at += 4) {
        const sector = list.readUInt32LE(at);
        if (sector < LAST_SECTOR) parts.push(this.#sector(sector));
      }
    };
    add(this.#bytes.subarray(76, 76 + HEADER_TABLES * 4));
    let next = this.#bytes.readUInt32LE(68);
    for (let i = 0; next < LAST_SECTOR && i < most; i++) {
      const sector = this.#sector(next);
      if (sector.length < 8) break;
      add(sector.subarray(0, -4));
      next = sector.readUInt32LE(sector.length - 4);
    }
    return Buffer.concat(parts);
  }

  #addStreams(entries: readonly Entry[]): void {
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
    // What a broken tree does not lead to.
    entries.forEach((entry, index) => {
      if (entry.type === STREAM && !seen.has(index) && !this.has(entry.name)) this.#add(entry.name, entry);
    });
  }

  #add(path: string, entry: Entry): void {
    this.#streams.set(path.toLowerCase(), { path, entry });
  }
}

function chainOf(
  table: Uint32Array,
  start: number,
  size: number,
  shift: number,
  sectorAt: (sector: number) => Buffer,
): Buffer {
  const parts: Buffer[] = [];
  const most = Math.ceil(size / 2 ** shift);
  let sector = start;
  // A chain that goes in a circle ends with its stream's size, which is not larger than the file's.
  for (let i = 0; i < most && i <= table.length && sector < LAST_SECTOR; i++) {
    const part = sectorAt(sector);
    if (part.length === 0) break;
    parts.push(part);
    sector = table[sector] ?? LAST_SECTOR;
  }
  return Buffer.concat(parts).subarray(0, size);
}

function asNumbers(bytes: Buffer): Uint32Array {
  const numbers = new Uint32Array(Math.floor(bytes.length / 4));
  for (let i = 0; i < numbers.length; i++) numbers[i] = bytes.readUInt32LE(i * 4);
  return numbers;
}

function entriesOf(bytes: Buffer): readonly Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + ENTRY <= bytes.length; at += ENTRY) {
    const length = Math.min(64, bytes.readUInt16LE(at + 64));
    entries.push({
      name: bytes.toString('utf16le', at, at + Math.max(0, length - (length % 2) - 2)),
      type: bytes[at + 66]!,
      left: bytes.readUInt32LE(at + 68),
      right: bytes.readUInt32LE(at + 72),
      child: bytes.readUInt32LE(at + 76),
      start: bytes.readUInt32LE(at + 116),
      size: bytes.readUInt32LE(at + 120),
    });
  }
  return entries;
}
