/** The records that the index keeps: files and their passages. */
import type { FileReason } from '../domain/ledger.ts';
import type { PassagePlace, PassageText } from '../domain/passage.ts';
import type { SparseVector } from './sparseVector.ts';

/** The counts of each lexical term in a passage, separately for its text, its headings and its metadata. */
export interface TermCounts {
  /** Terms that passages share: the array may have more of them, and may grow. */
  readonly dictionary: readonly string[];
  /** The passage's terms as indices into the dictionary, each once. */
  readonly numbers: Uint32Array;
  /** Counts parallel to `numbers`, as `packCounts` makes them. */
  readonly counts: Uint8Array;
  /**
   * Number of all terms of text and headings with repetition, without words and pairs of the vocabulary:
   * BM25's document length. Metadata does not count, because a long address makes a passage no longer.
   */
  readonly bodyLength: number;
  readonly headingLength: number;
}

export interface PassageRecord extends PassagePlace, PassageText {
  /**
   * Text of the file between the passages, which counts as this passage's metadata: marks of headings, front
   * matter, statements. It is never shown or encoded, but phrases are looked for in it.
   */
  readonly beside: string;
  /** 128-bit content address (hex) of the encoded text: passages with the same address share their vector. */
  readonly hash: string;
  readonly vector: SparseVector;
  /**
   * True while the vector is empty: the lexical channel finds the passage, and a later record of the file
   * brings the vector.
   */
  readonly pending?: true;
  readonly terms: TermCounts;
}

/** A `removed` record is a tombstone: the file is deleted, whatever older segments hold. */
export type RecordState = 'indexed' | 'skipped' | 'failed' | 'removed';

export interface FileRecord {
  /** Path relative to the indexed folder, `/`-separated. */
  readonly path: string;
  /** Size in bytes; modification time in ms; SHA-256 (hex) of the bytes, or '' if they were never read. */
  readonly size: number;
  readonly modified: number;
  readonly hash: string;
  readonly state: RecordState;
  readonly reason: FileReason | null;
  readonly detail: string | null;
  /** Tags in the form of `normalizeTag`, each once. */
  readonly tags: readonly string[];
  readonly passages: readonly PassageRecord[];
  /**
   * True where only the metadata is new (size, time or hash): the file keeps the passages of its older
   * record, and `passages` is empty.
   */
  readonly keepsPassages?: true;
}

export type FileHead = Omit<FileRecord, 'passages'> & {
  readonly passageCount: number;
  /** Number of passages without a vector. */
  readonly pendingCount: number;
};
