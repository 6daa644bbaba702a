/** Passages that say something like another one, by the vectors that the index has: no model is run. */
import type { Hit } from './hit.ts';
import type { QueryTerm, QueryWord } from './query.ts';

export interface RelatedRequest {
  /** Folders to look in, absolute paths of open ones. */
  readonly folders: readonly string[];
  /** The file that others are to be like: its folder, and its path in it. */
  readonly folder: string;
  readonly file: string;
  /** Zero-based line of the passage; null: the file as a whole. */
  readonly line: number | null;
  /** 1..200. */
  readonly limit: number;
}

export interface RelatedResult {
  /** `pending`: its vectors are to come; `notIndexed`: there is no passage of it, or no model. */
  readonly state: 'found' | 'pending' | 'notIndexed';
  /** The passage that stands at the line; null for a file. */
  readonly passage: {
    readonly text: string;
    readonly headings: readonly string[];
    readonly line: number;
    readonly endLine: number;
  } | null;
  /** Fingerprint of the model whose vectors these are. */
  readonly model: string | null;
  readonly words: readonly QueryWord[];
  readonly terms: readonly QueryTerm[];
  /**
   * Passages of other files, most alike first. Their contributions name what they share; a score of 10 is one that
   * has most of what this one says.
   */
  readonly hits: readonly Hit[];
  readonly milliseconds: number;
}
