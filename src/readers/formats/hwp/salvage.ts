/**
 * Finds the sections of an HWP 5 file whose directory is lost: any bytes, compressed or not, that begin like a section.
 */
import { constants, inflateRawSync } from 'node:zlib';
import { inflateWithin } from '../zip/inflate.ts';
import type { UnpackBudget } from '../zip/unpackBudget.ts';
import { recordsOf, TAG } from './records.ts';

/** Streams of 4 KB and more begin at a sector, smaller ones at a mini sector. */
const [SECTOR, MINI_SECTOR] = [512, 64];
/** Only so many bytes of a file are searched. */
const MOST = 128 * 1024 * 1024;
/** The search for small streams takes eight times as long, and a document without a large stream is small. */
const MOST_MINI = 4 * 1024 * 1024;
/** The beginning of a section's first record lies within so many compressed bytes. */
const HEAD = 256;
/** Range of the tags in a section: headers of paragraphs and everything below them. */
const [FIRST_TAG, LAST_TAG] = [TAG.paraHeader, 120];

/** Unpacked sections in the order of the file. */
export function scatteredSections(bytes: Uint8Array, budget: UnpackBudget): Uint8Array[] {
  const large = sectionsAt(bytes.subarray(0, MOST), SECTOR, budget);
  return large.length > 0 ? large : sectionsAt(bytes.subarray(0, MOST_MINI), MINI_SECTOR, budget);
}

function sectionsAt(bytes: Uint8Array, step: number, budget: UnpackBudget): Uint8Array[] {
  const sections: Uint8Array[] = [];
  for (let at = SECTOR; at < bytes.length; at += step) {
    const start = bytes.subarray(at, at + HEAD);
    if (beginsSection(start)) sections.push(recordsFrom(bytes.subarray(at)));
    else if (isPackedSection(start)) sections.push(inflateWithin(bytes.subarray(at), budget));
  }
  return sections;
}

function isPackedSection(start: Uint8Array): boolean {
  // Skips stored blocks and blocks of the invalid type.
  const kind = ((start[0] ?? 0) >> 1) & 3;
  if (kind === 0 || kind === 3) return false;
  try {
    return beginsSection(inflateRawSync(start, { finishFlush: constants.Z_SYNC_FLUSH }));
  } catch {
    return false;
  }
}

/** Its first record is the header of a paragraph, which has had 22 bytes or more since the first version of HWP 5. */
function beginsSection(bytes: Uint8Array): boolean {
  const [first] = recordsOf(bytes);
  if (first === undefined) return false;
  const { tag, level, data } = first;
  return tag === TAG.paraHeader && level === 0 && data.length >= 22 && data.length <= 64;
}

/** Keeps the bytes for as long as records of a section follow one another. */
function recordsFrom(bytes: Uint8Array): Uint8Array {
  let [end, above] = [0, -1];
  for (const { tag, level, data } of recordsOf(bytes)) {
    if (tag < FIRST_TAG || tag > LAST_TAG || level > above + 1) break;
    end = data.byteOffset + data.length - bytes.byteOffset;
    above = level;
  }
  return bytes.subarray(0, end);
}
