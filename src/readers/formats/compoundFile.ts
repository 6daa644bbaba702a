/** An OLE compound file ([MS-CFB]): a small file system of streams. Reads what is there of a damaged one. */

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Sector numbers from here on are marks: end of chain, free, FAT, DIFAT. */
const LAST_SECTOR = 0xfffffffa;
const ENTRY_BYTES = 128;
const MAX_ENTRIES = 65_536;
const NO_ENTRY = 0xffffffff;

interface Entry {
  readonly name: string;
  /** 1: storage, 2: stream, 5: root. */
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

export function isCompoundFile(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * Chains that leave the file or run in a circle end there; a stream that no storage leads to is found by its own name.
 */
export class CompoundFile {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sectorSize: number;
  readonly #miniSize: number;
  readonly #miniCutoff: number;
  readonly #table: readonly number[];
  readonly #miniTable: readonly number[];
  readonly #miniStream: Uint8Array;
  readonly #streams = new Map<string, Entry>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = view;
    this.#sectorSize = 1 << Math.min(16, Math.max(7, view.getUint16(30, true)));
    this.#miniSize = 1 << Math.min(12, Math.max(4, view.getUint16(32, true)));
    this.#miniCutoff = view.getUint32(56, true);
    this.#table = this.#readTable();
    const entries = this.#readEntries(view.getUint32(48, true));
    const root = entries.find(entry => entry.type === 5);
    this.#miniStream = root === undefined ? new Uint8Array() : this.#chain(root.start, root.size);
    this.#miniTable = numbersOf(this.#chain(view.getUint32(60, true), Number.MAX_SAFE_INTEGER));
    if (root !== undefined) this.#place(entries, root);
    const placed = new Set(this.#streams.values());
    for (const entry of entries)
      if (entry.type === 2 && !placed.has(entry)) this.#addStream(entry.name, entry);
  }

  /** Paths of all streams, `/`-separated. */
  get paths(): string[] {
    return [...this.#streams.keys()];
  }

  /** A stream's bytes, as many as there are; null where there is none. */
  stream(path: string): Uint8Array | null {
    const entry = this.#streams.get(path);
    if (entry === undefined) return null;
    if (entry.size >= this.#miniCutoff) return this.#chain(entry.start, entry.size);
    return this.#miniChain(entry.start, entry.size);
  }

  #addStream(path: string, entry: Entry): void {
    if (!this.#streams.has(path)) this.#streams.set(path, entry);
  }

  /** The sectors that list where each sector's next one is, found by the header and the chain of further lists. */
  #readTable(): number[] {
    const view = this.#view;
    const sectors: number[] = [];
    for (let i = 0; i < 109; i++) sectors.push(view.getUint32(76 + 4 * i, true));
    const seen = new Set<number>();
    let next = view.getUint32(68, true);
    while (next < LAST_SECTOR && !seen.has(next)) {
      seen.add(next);
      const list = numbersOf(this.#sector(next));
      next = list.pop() ?? LAST_SECTOR;
      sectors.push(...list);
    }
    const table: number[] = [];
    const most = Math.ceil(this.#bytes.length / this.#sectorSize);
    const used = new Set<number>();
    for (const sector of sectors) {
      if (sector >= LAST_SECTOR || used.has(sector) || table.length > most) continue;
      used.add(sector);
      for (const number of numbersOf(this.#sector(sector))) table.push(number);
    }
    return table;
  }

  #sector(number: number): Uint8Array {
    const start = (number + 1) * this.#sectorSize;
    return this.#bytes.subarray(start, start + this.#sectorSize);
  }

  #chain(start: number, size: number): Uint8Array {
    return follow(start, size, this.#table, at => this.#sector(at));
  }

  #miniChain(start: number, size: number): Uint8Array {
    const width = this.#miniSize;
    return follow(start, size, this.#miniTable, at =>
      this.#miniStream.subarray(at * width, (at + 1) * width),
    );
  }

  #readEntries(start: number): Entry[] {
    const bytes = this.#chain(start, MAX_ENTRIES * ENTRY_BYTES);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries: Entry[] = [];
    for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
      const nameBytes = Math.min(64, view.getUint16(at + 64, true));
      const name = new TextDecoder('utf-16le').decode(bytes.subarray(at, at + Math.max(0, nameBytes - 2)));
      entries.push({
        name,
        type: bytes[at + 66]!,
        left: view.getUint32(at + 68, true),
        right: view.getUint32(at + 72, true),
        child: view.getUint32(at + 76, true),
        start: view.getUint32(at + 116, true),
        size: view.getUint32(at + 120, true),
      });
    }
    return entries;
  }

  /** Names each stream by the storages above it. Siblings form a tree, whose order matters to nobody here. */
  #place(entries: readonly Entry[], root: Entry): void {
    const open = [{ number: root.child, folder: '' }];
    const seen = new Set<number>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const entry = entries[next.number];
      if (entry === undefined || seen.has(next.number)) continue;
      seen.add(next.number);
      const path = next.folder + entry.name;
      if (entry.type === 2) this.#addStream(path, entry);
      open.push({ number: entry.left, folder: next.folder }, { number: entry.right, folder: next.folder });
      if (entry.type === 1) open.push({ number: entry.child, folder: `${path}/` });
    }
  }
}

function numbersOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) numbers.push(view.getUint32(at, true));
  return numbers;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    const rest = part.subarray(0, length - at);
    whole.set(rest, at);
    at += rest.length;
  }
  return whole;
}

/** At most `size` bytes of the sectors that follow one another from `start`; ends where a chain comes back to itself. */
function follow(
  start: number,
  size: number,
  table: ArrayLike<number>,
  sectorOf: (number: number) => Uint8Array,
): Uint8Array {
  const parts: Uint8Array[] = [];
  const seen = new Set<number>();
  let length = 0;
  for (let at = start; at < LAST_SECTOR && !seen.has(at) && length < size; at = table[at] ?? NO_ENTRY) {
    seen.add(at);
    const sector = sectorOf(at);
    if (sector.length === 0) break;
    parts.push(sector);
    length += sector.length;
  }
  return joined(parts, Math.min(length, size));
}
