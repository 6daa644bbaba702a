/** The directory of a compound file (MS-CFB 2.6): names of streams and storages, and where each begins. */

export const [STORAGE, STREAM, ROOT] = [1, 2, 5];
const ENTRY = 128;
const NONE = 0xffffffff;

export interface OleEntry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

export function entriesOf(bytes: Buffer): readonly OleEntry[] {
  const entries: OleEntry[] = [];
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

export function countStreams(entries: readonly OleEntry[]): number {
  return entries.filter(({ type }) => type === STREAM).length;
}

/** Whether a directory was read to its end, as far as its own entries tell. */
export function isWhole(entries: readonly OleEntry[]): boolean {
  const isThere = (index: number): boolean => index === NONE || index < entries.length;
  return (
    entries.some(({ type }) => type === ROOT) &&
    entries.some(({ type }) => type === STREAM) &&
    entries.every(({ type, left, right, child }) => type === 0 || [left, right, child].every(isThere))
  );
}

/** Entries wherever they stand in a file whose directory cannot be followed; their order may be another. */
export function scatteredEntries(bytes: Buffer, sectorSize: number): readonly OleEntry[] {
  const sectors: Buffer[] = [];
  for (let at = sectorSize; at + sectorSize <= bytes.length; at += sectorSize) {
    const sector = bytes.subarray(at, at + sectorSize);
    if (isDirectory(sector)) sectors.push(sector);
  }
  return entriesOf(Buffer.concat(sectors));
}

function isDirectory(sector: Buffer): boolean {
  let named = 0;
  for (let at = 0; at + ENTRY <= sector.length; at += ENTRY) {
    if (isEntry(sector, at)) named++;
    else if (sector[at + 66] !== 0 || sector.readUInt16LE(at + 64) !== 0) return false;
  }
  return named > 0;
}

/** A name that ends in a zero where its length says, blank to its end; a known type and a colour. */
function isEntry(sector: Buffer, at: number): boolean {
  const length = sector.readUInt16LE(at + 64);
  const type = sector[at + 66]!;
  if (length < 4 || length > 64 || length % 2 === 1) return false;
  if (type !== STORAGE && type !== STREAM && type !== ROOT) return false;
  if (sector[at + 67]! > 1 || sector.readUInt16LE(at + length - 2) !== 0) return false;
  for (let i = 0; i < length - 2; i += 2) if (sector.readUInt16LE(at + i) === 0) return false;
  return true;
}
