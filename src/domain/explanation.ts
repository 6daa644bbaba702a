/** Why a file is, or is not, among a query's hits. */
import type { Hit } from './hit.ts';
import type { LedgerEntry } from './ledger.ts';
import type { QueryChip, QueryWord } from './query.ts';
import type { SearchRequest } from './search.ts';

export interface ExplainRequest extends Omit<SearchRequest, 'limit' | 'typing'> {
  /** Absolute path of the open folder that should have the file. */
  readonly folder: string;
  /** Relative to it, `/`-separated. */
  readonly file: string;
}

/** What keeps a file out of the index: a line of an ignore file, a setting, or a hidden folder. */
export type Exclusion =
  | { readonly by: 'rule'; readonly file: string; readonly line: number; readonly rule: string }
  | { readonly by: 'exclude'; readonly glob: string }
  | { readonly by: 'include' }
  | { readonly by: 'hidden'; readonly folder: string };

export interface Explanation {
  /** What became of the file; null where the folder's last listing has no such file, or the folder is not open. */
  readonly entry: LedgerEntry | null;
  /** What leaves it out of the folder's index; null where nothing does. */
  readonly exclusion: Exclusion | null;
  /** Whether there is a reader for files of its name. */
  readonly isReadable: boolean;
  /** Files that are indexed before it, where it waits. */
  readonly waitingBefore: number | null;
  /** The query's conditions that its passages do not meet. */
  readonly hiddenBy: readonly QueryChip[];
  /** The file filter of the search leaves it out. */
  readonly isFiltered: boolean;
  /**
   * Its best passage, scored as the hits of the same query are, conditions left aside; null where it has nothing of
   * the query.
   */
  readonly best: Hit | null;
  /** One-based place of that passage among all passages; null with `best`. */
  readonly rank: number | null;
  /** Score of the best hit of the query, and the score below which hits are folded away. */
  readonly bestScore: number;
  readonly threshold: number;
  /** Words of the query that the passage has in no form. */
  readonly lacking: readonly QueryWord[];
}
