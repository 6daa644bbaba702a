/**
 * The write-ahead log: one entry for each change, each a whole segment image of the files that change
 * together.
 *
 *     u32 magic "MLOG" · u32 length of the image · u32 CRC-32 of the image · u32 CRC-32 of these 12 bytes · image
 */
import { crc32 } from '../segment/crc32.ts';

const MAGIC = 0x474f4c4d;
const HEAD = 16;

export function logEntry(image: Uint8Array): Uint8Array {
  const entry = new Uint8Array(HEAD + image.length);
  const view = new DataView(entry.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, image.length, true);
  view.setUint32(8, crc32(image), true);
  view.setUint32(12, crc32(entry.subarray(0, 12)), true);
  entry.set(image, HEAD);
  return entry;
}

export interface ReadLog {
  /** Images in buffers of their own, because segments need aligned views. */
  readonly images: readonly Uint8Array[];
  /** End of the last readable entry; bytes after it are an unfinished write. */
  readonly length: number;
  /** Number of damaged stretches between readable entries. */
  readonly damaged: number;
}

/** Reads every complete entry, skipping damaged ones. Never throws. */
export function readLog(log: Uint8Array): ReadLog {
  const images: Uint8Array[] = [];
  const view = new DataView(log.buffer, log.byteOffset, log.length);
  let at = 0;
  let length = 0;
  let damaged = 0;
  while (at + HEAD <= log.length) {
    const end = entryEnd(log, view, at);
    const image = end === null ? null : log.slice(at + HEAD, end);
    if (end === null || image === null || crc32(image) !== view.getUint32(at + 8, true)) {
      at++;
      continue;
    }
    if (at > length) damaged++;
    images.push(image);
    length = at = end;
  }
  return { images, length, damaged };
}

function entryEnd(log: Uint8Array, view: DataView, at: number): number | null {
  if (view.getUint32(at, true) !== MAGIC) return null;
  if (view.getUint32(at + 12, true) !== crc32(log.subarray(at, at + 12))) return null;
  const end = at + HEAD + view.getUint32(at + 4, true);
  return end <= log.length ? end : null;
}
