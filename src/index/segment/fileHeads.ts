/**
 * The heads of a segment's files.
 *
 * FPTH paths (strings) · FNUM size and modification time (f64 × 2) · FSHA SHA-256 of the bytes (32 bytes,
 * zeros where there is none) · FCNT number of passages (u32) · FNOT the remaining properties as JSON
 * (strings, '' for an indexed file without remarks) · FTAG tags (strings, one tag a line).
 */
import { bytesOf, joined } from './byteSink.ts';
import { fromHex, toHex } from './hex.ts';
import type { FileHead, FileRecord, RecordState } from '../records.ts';
import { DamagedError, type SectionList, type Sections } from './sections.ts';
import { bytes, f64, u32 } from './sectionViews.ts';
import { StringTable, writeStrings } from './stringTable.ts';

interface Note {
  readonly state?: RecordState;
  readonly reason?: FileRecord['reason'];
  readonly detail?: string | null;
  /** A hash that is not a SHA-256. */
  readonly hash?: string;
  readonly keepsPassages?: true;
}

export function writeFileHeads(heads: readonly FileHead[]): SectionList {
  const numbers = new Float64Array(2 * heads.length);
  const hashes = heads.map(({ hash }) => hashBytes(hash) ?? new Uint8Array(32));
  heads.forEach(({ size, modified }, i) => numbers.set([size, modified], 2 * i));
  return [
    ['FPTH', [writeStrings(heads.map(({ path }) => path))]],
    ['FNUM', [bytesOf(numbers)]],
    ['FSHA', [joined(hashes)]],
    ['FCNT', [bytesOf(Uint32Array.from(heads, ({ passageCount }) => passageCount))]],
    ['FNOT', [writeStrings(heads.map(noteOf))]],
    ['FTAG', [writeStrings(heads.map(({ tags }) => tags.join('\n')))]],
  ];
}

function noteOf({ state, reason, detail, hash, keepsPassages }: FileHead): string {
  const note: Note = {
    ...(state !== 'indexed' && { state }),
    ...(reason !== null && { reason }),
    ...(detail !== null && { detail }),
    ...(hash !== '' && hashBytes(hash) === null && { hash }),
    ...(keepsPassages && { keepsPassages }),
  };
  return Object.keys(note).length === 0 ? '' : JSON.stringify(note);
}

export class FileHeads {
  readonly length: number;
  readonly passageCount: number;
  readonly #paths: StringTable;
  readonly #numbers: Float64Array;
  readonly #hashes: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #notes: StringTable;
  readonly #tags: StringTable;

  /** Throws `DamagedError`. */
  constructor(sections: Sections) {
    this.#paths = new StringTable(bytes(sections, 'FPTH'));
    this.#numbers = f64(sections, 'FNUM');
    this.#hashes = bytes(sections, 'FSHA');
    this.#notes = new StringTable(bytes(sections, 'FNOT'));
    this.#tags = new StringTable(bytes(sections, 'FTAG'));
    const counts = u32(sections, 'FCNT');
    this.length = this.#paths.length;
    const n = this.length;
    if (
      counts.length !== n ||
      this.#numbers.length !== 2 * n ||
      this.#hashes.length !== 32 * n ||
      this.#notes.length !== n ||
      this.#tags.length !== n
    )
      throw new DamagedError('files do not fit each other');
    this.#starts = new Uint32Array(n + 1);
    for (let i = 0; i < n; i++) this.#starts[i + 1] = this.#starts[i]! + counts[i]!;
    this.passageCount = this.#starts[n]!;
  }

  path(file: number): string {
    return this.#paths.get(file);
  }

  /**
   * The kind of record: one with its own passages, a tombstone, or new metadata for the passages of an older
   * record.
   */
  kind(file: number): 'passages' | 'removed' | 'metadata' {
    const { state, keepsPassages } = this.#note(file);
    return state === 'removed' ? 'removed' : keepsPassages ? 'metadata' : 'passages';
  }

  state(file: number): RecordState {
    return this.#note(file).state ?? 'indexed';
  }

  #note(file: number): Note {
    const written = this.#notes.get(file);
    return written === '' ? {} : (JSON.parse(written) as Note);
  }

  /** `pendingCount` is 0 here, because the passages themselves record which of them have no vector. */
  head(file: number): FileHead {
    const note = this.#note(file);
    return {
      path: this.path(file),
      size: this.#numbers[2 * file]!,
      modified: this.#numbers[2 * file + 1]!,
      hash: note.hash ?? hashOf(this.#hashes.subarray(32 * file, 32 * file + 32)),
      state: note.state ?? 'indexed',
      reason: note.reason ?? null,
      detail: note.detail ?? null,
      tags: this.#tagsOf(file),
      passageCount: this.#starts[file + 1]! - this.#starts[file]!,
      pendingCount: 0,
      ...(note.keepsPassages && { keepsPassages: true }),
    };
  }

  #tagsOf(file: number): readonly string[] {
    const written = this.#tags.get(file);
    return written === '' ? [] : written.split('\n');
  }

  /** The passages `[first, end)` of a file. */
  passagesOf(file: number): { first: number; end: number } {
    return { first: this.#starts[file]!, end: this.#starts[file + 1]! };
  }

  /** The last file that begins at a passage or before it. */
  fileOf(passage: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= passage) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function hashBytes(hash: string): Uint8Array | null {
  return /^[0-9a-f]{64}$/.test(hash) ? fromHex(hash) : null;
}

function hashOf(found: Uint8Array): string {
  return found.every(byte => byte === 0) ? '' : toHex(found);
}
