/** Finds the segment that holds the valid record of each file. */
import type { MergePlan } from '../merge/mergeSegments.ts';
import type { FileHead, FileRecord } from '../records.ts';
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
}

export class FileTable {
  readonly #files = new Map<string, FilePlace>();

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
          this.#files.set(path, new FilePlace(older.segment, older.file, { segment, file }));
        }
        continue;
      }
      if (older !== undefined) {
        const { first, end } = older.segment.passagesOf(older.file);
        older.segment.markDeleted(first, end);
      }
      if (kind === 'removed') this.#files.delete(path);
      else this.#files.set(path, new FilePlace(segment, file, null));
    }
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

  get passageCount(): number {
    let count = 0;
    for (const { segment, file } of this.#files.values()) {
      const { first, end } = segment.passagesOf(file);
      count += end - first;
    }
    return count;
  }

  /** Paths in a segment that no newer segment overrides. */
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
