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
  /** Opens with a password only. */
  | 'encrypted'
  /** HWP for distribution (배포용): its text is kept from being copied. */
  | 'distribution'
  /** Under digital rights management: only its own program opens it. */
  | 'drm'
  /** Not what its name says, or too broken to be read. */
  | 'damaged'
  /** Pages are pictures: there is no text before somebody recognises it. */
  | 'needsOcr'
  /** Its fonts don't say which letters they draw. */
  | 'unreadableFonts'
  /** It unpacks to more than is read of one file. */
  | 'unpacksTooLarge'
  /** Indexed as far as the limit. */
  | 'cut'
  /** The reader ended on it again and again. */
  | 'crashes'
  /** Indexed, but for places that could not be decoded. */
  | 'partlyUnreadable'
  | 'ignored'
  /** A zip or the like: what is in it is not read. */
  | 'archive'
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
  /** Of these, those that are found by their letters alone so far. */
  readonly pending?: number;
  /** When it was last changed, as of its last reading, in ms since 1970; absent where it was never read. */
  readonly modified?: number;
}
