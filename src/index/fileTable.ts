/** Which segment holds the valid record of each file. */
import type { FileHead } from './records.ts';
import type { Segment } from './segment.ts';

export interface FilePlace {
  readonly segment: Segment;
  readonly file: number;
  readonly head: FileHead;
}

export class FileTable {
  readonly #files = new Map<string, FilePlace>();

  /** The files of a segment overrule those of the segments before. */
  add(segment: Segment): void {
    for (let file = 0; file < segment.fileCount; file++) {
      const head = segment.file(file);
      const older = this.#files.get(head.path);
      if (older !== undefined) {
        const { first, end } = older.segment.passagesOf(older.file);
        older.segment.kill(first, end);
      }
      if (head.state === 'removed') this.#files.delete(head.path);
      else this.#files.set(head.path, { segment, file, head });
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

  /** What a segment says that is still valid: records of files, and tombstones (paths) that no record overrules. */
  validIn(segment: Segment): { readonly files: readonly number[]; readonly tombstones: readonly string[] } {
    const files: number[] = [];
    const tombstones: string[] = [];
    for (let file = 0; file < segment.fileCount; file++) {
      const { path, state } = segment.file(file);
      const place = this.#files.get(path);
      if (place?.segment === segment && place.file === file) files.push(file);
      else if (state === 'removed' && place === undefined) tombstones.push(path);
    }
    return { files, tombstones };
  }
}
