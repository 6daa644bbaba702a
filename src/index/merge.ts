/** Records on their way from old segments to new ones. */
import type { FileTable } from './fileTable.ts';
import type { FileRecord } from './records.ts';
import { DamagedError } from './sections.ts';
import { MAX_PASSAGES, type Segment } from './segment.ts';

/** Above this many segments, neighbours are merged. */
const MAX_SEGMENTS = 8;
/** Merges larger than this would hold up a query for too long. */
const MERGE_PASSAGES = 16_384;

/**
 * Valid records of neighbouring segments; tombstones stay unless nothing older is left. What can't be read can't be
 * kept: `onDamage` is told, and the files' next reading brings it back.
 */
export async function recordsOf(
  segments: readonly Segment[],
  files: FileTable,
  oldest: boolean,
  onDamage: (line: string) => void,
): Promise<FileRecord[]> {
  const records: FileRecord[] = [];
  for (const segment of segments) {
    const valid = files.validIn(segment);
    if (!oldest) records.push(...valid.tombstones.map(tombstone));
    try {
      records.push(...(await segment.records(valid.files)));
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      onDamage(`${segment.name}: ${error.message}`);
      // Older records of these files must not come to light again.
      if (!oldest) records.push(...valid.files.map(file => tombstone(segment.file(file).path)));
    }
  }
  return records;
}

/** Where the two neighbours begin that should be merged, null where there are few enough segments. */
export function neighboursToMerge(segments: readonly Segment[]): number | null {
  if (segments.length <= MAX_SEGMENTS) return null;
  let best: number | null = null;
  let size = MERGE_PASSAGES + 1;
  for (let i = 0; i + 1 < segments.length; i++) {
    const together = segments[i]!.passageCount + segments[i + 1]!.passageCount;
    if (together < size) [best, size] = [i, together];
  }
  return best;
}

/** Records in runs that fit one segment each. */
export function groupsOf(records: readonly FileRecord[]): FileRecord[][] {
  const groups: FileRecord[][] = [];
  let room = 0;
  for (const record of records) {
    if (groups.length === 0 || record.passages.length > room) {
      groups.push([]);
      room = MAX_PASSAGES;
    }
    groups.at(-1)!.push(record);
    room -= record.passages.length;
  }
  return groups;
}

/** Says that a file is gone, whatever older segments hold. */
export function tombstone(path: string): FileRecord {
  return { path, size: 0, modified: 0, hash: '', state: 'removed', reason: null, detail: null, passages: [] };
}
