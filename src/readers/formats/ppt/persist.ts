/**
 * Tells which versions of a PowerPoint file's objects are current (MS-PPT 2.1.2): saving appends and leaves the old
 * ones.
 */
import { recordAt, recordsIn } from './records.ts';

const [USER_EDIT, DIRECTORY] = [4085, 6002];
/** No file is saved more often without being rewritten. */
const MAX_EDITS = 10_000;
const MAX_OBJECTS = 1_000_000;
const ENCRYPTED_TOKEN = 0xf3d1c4df;

export interface Persist {
  readonly isEncrypted: boolean;
  /** Maps the id of an object to the offset of its record. */
  readonly offsets: ReadonlyMap<number, number>;
  readonly documentId: number;
}

/** Null where the chain of edits is broken. */
export function persistOf(stream: Buffer, currentUser: Buffer | null): Persist | null {
  if (currentUser === null || currentUser.length < 20) return null;
  const isEncrypted = currentUser.readUInt32LE(12) === ENCRYPTED_TOKEN;
  const offsets = new Map<number, number>();
  let documentId = 0;
  let edit = currentUser.readUInt32LE(16);
  const seen = new Set<number>();
  for (let i = 0; i < MAX_EDITS && edit !== 0 && !seen.has(edit); i++) {
    seen.add(edit);
    const record = recordAt(stream, edit);
    if (record?.type !== USER_EDIT || record.end - record.start < 20) break;
    if (i === 0) documentId = stream.readUInt32LE(record.start + 16);
    addDirectory(stream, stream.readUInt32LE(record.start + 12), offsets);
    edit = stream.readUInt32LE(record.start + 8);
  }
  return offsets.size === 0 && !isEncrypted ? null : { isEncrypted, offsets, documentId };
}

/** Newer edits come first, so what they say of an object stands. */
function addDirectory(stream: Buffer, at: number, offsets: Map<number, number>): void {
  const directory = recordAt(stream, at);
  if (directory?.type !== DIRECTORY) return;
  let entry = directory.start;
  while (entry + 4 <= directory.end && offsets.size < MAX_OBJECTS) {
    const header = stream.readUInt32LE(entry);
    const [first, count] = [header & 0xfffff, header >>> 20];
    entry += 4;
    for (let i = 0; i < count && entry + 4 <= directory.end; i++, entry += 4)
      if (!offsets.has(first + i)) offsets.set(first + i, stream.readUInt32LE(entry));
  }
}

/** For a file with a broken chain: the last document and the slides as they stand in the stream. */
export function topRecords(stream: Buffer): ReturnType<typeof recordsIn> {
  return recordsIn(stream, 0, stream.length);
}
