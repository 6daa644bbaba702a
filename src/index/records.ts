/** What the index keeps: files and their passages. */
import type { FileReason } from '../domain/ledger.ts';
import type { PassagePlace, PassageText } from '../domain/passage.ts';
import type { SparseVector } from './sparseVector.ts';

/** How often each lexical term stands in a passage, counted apart for its text, its headings and its metadata. */
export interface TermCounts {
  readonly terms: readonly string[];
  /** Parallel to `terms`; as `packCounts` makes them. */
  readonly counts: Uint8Array;
  /**
   * All terms of text and headings counted with repetition, but for words and pairs of the vocabulary: BM25's document
   * length. Metadata has none: a long address makes a passage no longer.
   */
  readonly bodyLength: number;
  readonly headingLength: number;
}

export interface PassageRecord extends PassagePlace, PassageText {
  /**
   * What stands in the file between the passages and is counted as this one's metadata: marks of headings, front
   * matter, statements. Never shown or encoded; a phrase is looked for in it.
   */
  readonly beside: string;
  /** 128-bit content address (hex) of what was encoded: passages with the same one share their vector. */
  readonly hash: string;
  readonly vector: SparseVector;
  /** It is found by its letters; its vector, empty so far, comes with a later record of the file. */
  readonly pending?: true;
  readonly terms: TermCounts;
}

/** `removed` records say that the file is gone, whatever older segments hold. */
export type RecordState = 'indexed' | 'skipped' | 'failed' | 'removed';

export interface FileRecord {
  /** `/`-separated, relative to the indexed folder. */
  readonly path: string;
  /** Bytes; modification time in ms; SHA-256 (hex) of the bytes, '' if they were never read. */
  readonly size: number;
  readonly modified: number;
  readonly hash: string;
  readonly state: RecordState;
  readonly reason: FileReason | null;
  readonly detail: string | null;
  /** In the form of `normalizeTag`, each once. */
  readonly tags: readonly string[];
  readonly passages: readonly PassageRecord[];
  /** The file's passages are those of its older record (only its size, time or hash is new); `passages` is empty. */
  readonly keepsPassages?: true;
}

export type FileHead = Omit<FileRecord, 'passages'> & {
  readonly passageCount: number;
  /** Passages whose vector is to come. */
  readonly pendingCount: number;
};
