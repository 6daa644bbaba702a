/** Sections of an HWP 5 file whose directory is lost: what begins as a section does, compressed or not. */
import { constants, inflateRawSync } from 'node:zlib';
import { inflateWithin } from '../zip/inflate.ts';
import type { UnpackBudget } from '../zip/unpackBudget.ts';
import { recordsOf, TAG } from './records.ts';

/** Streams of 4 KB and more begin at a sector, smaller ones at one of these. */
const [SECTOR, MINI_SECTOR] = [512, 64];
/** A file is looked through so far. */
const MOST = 128 * 1024 * 1024;
/** Looking for small streams takes eight times as long, and a document that has no large one is small. */
const MOST_MINI = 4 * 1024 * 1024;
/** Compressed, the beginning of a section's first record is within these. */
const HEAD = 256;
/** Tags of a section's records: headers of paragraphs, and what comes below them. */
const [FIRST_TAG, LAST_TAG] = [TAG.paraHeader, 120];

/** Unpacked, in the order in which they stand in the file. */
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
  // Blocks that are stored, and those of a kind that there is none of.
  const kind = ((start[0] ?? 0) >> 1) & 3;
  if (kind === 0 || kind === 3) return false;
  try {
    return beginsSection(inflateRawSync(start, { finishFlush: constants.Z_SYNC_FLUSH }));
  } catch {
    return false;
  }
}

/** Its first record is the header of a paragraph, 22 bytes of it since the first version of HWP 5. */
function beginsSection(bytes: Uint8Array): boolean {
  const [first] = recordsOf(bytes);
  if (first === undefined) return false;
  const { tag, level, data } = first;
  return tag === TAG.paraHeader && level === 0 && data.length >= 22 && data.length <= 64;
}

/** As far as records of a section follow one another. */
function recordsFrom(bytes: Uint8Array): Uint8Array {
  let [end, above] = [0, -1];
  for (const { tag, level, data } of recordsOf(bytes)) {
    if (tag < FIRST_TAG || tag > LAST_TAG || level > above + 1) break;
    end = data.byteOffset + data.length - bytes.byteOffset;
    above = level;
  }
  return bytes.subarray(0, end);
}
