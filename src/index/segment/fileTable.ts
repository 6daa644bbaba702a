/** Finds the segment that holds the valid record of each file. */
import type { MergePlan } from '../merge/mergeSegments.ts';
import type { FileHead, FileRecord, RecordState } from '../records.ts';
import type { Segment } from './segment.ts';

/** The place of a record. */
interface RecordPlace {
  readonly segment: Segment;
  readonly file: number;
}

export class FilePlace implements RecordPlace {
  /** The segment that has its passages. */
  readonly segment: Segment;
  readonly file: number;
  /** A newer head for the same passages. */
  readonly newerHead: RecordPlace | null;

  constructor(segment: Segment, file: number, newerHead: RecordPlace | null) {
    this.segment = segment;
    this.file = file;
    this.newerHead = newerHead;
  }

  get head(): FileHead {
    return this.segment.file(this.file);
  }

  get state(): RecordState {
    const { segment, file } = this.newerHead ?? this;
    return segment.files.state(file);
  }
}

/** A record of a merged segment, and the place that its file has before. */
interface Move extends RecordPlace {
  readonly path: string;
  readonly older: FilePlace | undefined;
}

/** Files by their state, and passages, of those that are there. */
export interface FileCounts {
  readonly indexed: number;
  readonly skipped: number;
  readonly failed: number;
  readonly passages: number;
  /** The passages among these whose vector is to come. */
  readonly pending: number;
}

export class FileTable {
  readonly #files = new Map<string, FilePlace>();
  /** Kept while files come and go: whoever asks often must not walk through all of them. */
  readonly #counts = { indexed: 0, skipped: 0, failed: 0, removed: 0, passages: 0, pending: 0 };

  /** Adds a segment, whose files override those of the segments before. */
  add(segment: Segment): void {
    for (let file = 0; file < segment.fileCount; file++) {
      const path = segment.files.path(file);
      const older = this.#files.get(path);
      const kind = segment.files.kind(file);
      if (kind === 'metadata') {
        // A head without the record that it refers to means nothing: that record was damaged.
        if (older !== undefined) {
          older.segment.updateHead(older.file, segment, file);
          this.#set(path, older, new FilePlace(older.segment, older.file, { segment, file }));
        }
        continue;
      }
      if (older !== undefined) {
        const { first, end } = older.segment.passagesOf(older.file);
        older.segment.markDeleted(first, end);
      }
      this.#set(path, older, kind === 'removed' ? null : new FilePlace(segment, file, null));
    }
  }

  /**
   * Puts merged segments into the place of those that they were merged from, in time that grows with these alone.
   * Files may have been replaced, removed or given newer heads since the merge was planned. Returns false, with nothing
   * done, where the merged segments lack something that the table has in the others: then only adding all segments
   * anew tells what is valid.
   */
  replace(merged: readonly Segment[], fresh: readonly Segment[]): boolean {
    const gone = new Set(merged);
    const moves: Move[] = [];
    for (const segment of fresh)
      for (let file = 0; file < segment.fileCount; file++) {
        const path = segment.files.path(file);
        moves.push({ path, segment, file, older: this.#files.get(path) });
      }
    const isOwn = ({ segment, file, older }: Move): boolean =>
      older !== undefined && gone.has(older.segment) && segment.files.kind(file) === 'passages';
    const isHead = ({ segment, file, older }: Move): boolean =>
      older?.newerHead != null &&
      !gone.has(older.segment) &&
      gone.has(older.newerHead.segment) &&
      segment.files.kind(file) === 'metadata';
    const own = moves.filter(isOwn);
    const heads = moves.filter(isHead);
    if (own.length + heads.length !== this.#countIn(gone)) return false;
    for (const { path, segment, file, older } of own) {
      const kept = older!.newerHead;
      const newerHead = kept !== null && !gone.has(kept.segment) ? kept : null;
      if (newerHead !== null) segment.updateHead(file, newerHead.segment, newerHead.file);
      this.#set(path, older, new FilePlace(segment, file, newerHead));
    }
    for (const { path, segment, file, older } of heads) {
      older!.segment.updateHead(older!.file, segment, file);
      this.#set(path, older, new FilePlace(older!.segment, older!.file, { segment, file }));
    }
    for (const { segment, file } of moves) {
      const { first, end } = segment.passagesOf(file);
      const place = this.#files.get(segment.files.path(file));
      if (end > first && !(place?.segment === segment && place.file === file))
        segment.markDeleted(first, end);
    }
    return true;
  }

  /** Number of valid records, and of valid newer heads of records elsewhere, in these segments. */
  #countIn(segments: ReadonlySet<Segment>): number {
    let count = 0;
    for (const segment of segments)
      for (let file = 0; file < segment.fileCount; file++) {
        const place = this.#files.get(segment.files.path(file));
        if (place === undefined) continue;
        if (place.segment === segment && place.file === file) count++;
        else if (isAt(place.newerHead, segment, file) && !segments.has(place.segment)) count++;
      }
    return count;
  }

  #set(path: string, older: FilePlace | undefined, place: FilePlace | null): void {
    if (older !== undefined) this.#count(older, -1);
    if (place === null) this.#files.delete(path);
    else {
      this.#files.set(path, place);
      this.#count(place, 1);
    }
  }

  #count(place: FilePlace, sign: 1 | -1): void {
    const { first, end } = place.segment.passagesOf(place.file);
    this.#counts[place.state] += sign;
    this.#counts.passages += sign * (end - first);
    this.#counts.pending += sign * place.segment.passages.pendingIn(first, end);
  }

  get counts(): FileCounts {
    return this.#counts;
  }

  get size(): number {
    return this.#files.size;
  }

  get(path: string): FilePlace | null {
    return this.#files.get(path) ?? null;
  }

  *heads(): Generator<FileHead> {
    for (const { head } of this.#files.values()) yield head;
  }

  /** Paths that a segment speaks of, where no newer segment does. */
  pathsIn(segment: Segment): string[] {
    const paths: string[] = [];
    for (let file = 0; file < segment.fileCount; file++) {
      const path = segment.files.path(file);
      const place = this.#files.get(path);
      const speaks =
        place === undefined
          ? segment.files.kind(file) === 'removed'
          : (place.segment === segment && place.file === file) || place.newerHead?.segment === segment;
      if (speaks) paths.push(path);
    }
    return paths;
  }

  /**
   * The content of the segment that replaces these neighbours: valid passages; tombstones, unless there is
   * nothing `older` that they hide; and newer heads of passages in other segments.
   */
  mergePlan(segments: readonly Segment[], older: boolean): MergePlan {
    const heads: FileHead[] = [];
    const deleted = new Set<string>();
    const parts = segments.map(segment => {
      const files: { file: number; head: FileHead }[] = [];
      for (let file = 0; file < segment.fileCount; file++) {
        const path = segment.files.path(file);
        const place = this.#files.get(path);
        if (place === undefined) {
          if (older && segment.files.kind(file) === 'removed' && !deleted.has(path)) {
            deleted.add(path);
            heads.push(segment.file(file));
          }
        } else if (place.segment === segment && place.file === file) files.push({ file, head: place.head });
        else if (isAt(place.newerHead, segment, file) && !segments.includes(place.segment))
          heads.push(segment.file(file));
      }
      return { segment, files };
    });
    return { parts, heads };
  }
}

function isAt(place: RecordPlace | null, segment: Segment, file: number): boolean {
  return place !== null && place.segment === segment && place.file === file;
}

/** A tombstone: the file is deleted, whatever older segments hold. */
export function tombstone(path: string): FileRecord {
  return {
    path,
    size: 0,
    modified: 0,
    hash: '',
    state: 'removed',
    reason: null,
    detail: null,
    tags: [],
    passages: [],
  };
}
