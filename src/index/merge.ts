/** Records on their way from old segments to new ones. */
import type { FileRecord } from './records.ts';
import { MAX_PASSAGES } from './segment.ts';

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
