/** The explanation why a file is, or is not, among a query's hits. */
import type { Hit } from './hit.ts';
import type { LedgerEntry } from './ledger.ts';
import type { QueryChip, QueryWord } from './query.ts';
import type { SearchRequest } from './search.ts';
import type { TeamState } from './team/team.ts';

export interface ExplainRequest extends Omit<SearchRequest, 'limit' | 'typing'> {
  /** Absolute path of the open folder that should have the file, or `teamFolder` of a team's. */
  readonly folder: string;
  /** Relative to it, `/`-separated. */
  readonly file: string;
}

/** The rule that keeps a file out of the index: a line of an ignore file, a setting, or a hidden folder. */
export type Exclusion =
  | { readonly by: 'rule'; readonly file: string; readonly line: number; readonly rule: string }
  | { readonly by: 'exclude'; readonly glob: string }
  | { readonly by: 'include' }
  | { readonly by: 'hidden'; readonly folder: string };

export interface Explanation {
  /** The file's row of the ledger; null where the folder's last listing has no such file, or the folder is not open. */
  readonly entry: LedgerEntry | null;
  /** The rule that leaves the file out of the folder's index; null where there is none. */
  readonly exclusion: Exclusion | null;
  /** Whether there is a reader for files with this extension. */
  readonly isReadable: boolean;
  /** Number of files that are indexed before this one; null unless it is waiting. */
  readonly waitingBefore: number | null;
  /**
   * For a document of a team: its server's answer, and whether the index has passages of it that may be seen. Then there
   * is no row of a ledger.
   */
  readonly team?: { readonly name: string; readonly state: TeamState; readonly isThere: boolean };
  /** Clauses of the query that the file's passages do not meet. */
  readonly hiddenBy: readonly QueryChip[];
  /** Whether the file filter of the search leaves it out. */
  readonly isFiltered: boolean;
  /**
   * The file's best passage, scored like the hits of the same query but ignoring clauses; null where no
   * passage matches.
   */
  readonly best: Hit | null;
  /** One-based rank of that passage among all passages; null with `best`. */
  readonly rank: number | null;
  /** Score of the best hit of the query, and the score below which hits are folded away. */
  readonly bestScore: number;
  readonly threshold: number;
  /** Query words of which the passage has no form. */
  readonly lacking: readonly QueryWord[];
}
