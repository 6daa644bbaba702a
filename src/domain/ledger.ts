/** What became of each file of a folder. */

export type FileState = 'indexed' | 'skipped' | 'failed' | 'waiting';

/** Why a file is skipped or failed, or what is worth saying of an indexed one. Data; the client words it. */
export type FileReason =
  | 'tooLarge'
  | 'binary'
  | 'empty'
  | 'unreadable'
  | 'noPermission'
  | 'vanished'
  | 'badEncoding'
  | 'tooManyPassages'
  | 'encoderFailed'
  | 'noText'
  /** Indexed, but for places that could not be decoded. */
  | 'partlyUnreadable'
  | 'ignored'
  | 'link'
  | 'timeout';

/** One row of the ledger: every file that is, or could have been, indexed. */
export interface LedgerEntry {
  readonly folder: string;
  readonly path: string;
  readonly state: FileState;
  readonly reason: FileReason | null;
  /** Technical detail for the reason (an error's message), never a note's content. */
  readonly detail: string | null;
  readonly passages: number;
}
