/** The state of each file of a folder in its index. */

export type FileState = 'indexed' | 'skipped' | 'failed' | 'waiting';

/** The reason why a file is skipped or failed, or a remark on an indexed one. It is data; the client words it. */
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
  /** The file opens only with a password. */
  | 'encrypted'
  /** HWP for distribution (배포용): its text is protected from being copied. */
  | 'distribution'
  /** The file is under digital rights management: only its own program opens it. */
  | 'drm'
  /** The content is not what the name says, or is too broken to be read. */
  | 'damaged'
  /** The pages are pictures without a text layer. */
  | 'needsOcr'
  /** The fonts don't say which letters they draw. */
  | 'unreadableFonts'
  /** The file unpacks to more than is read of one file. */
  | 'unpacksTooLarge'
  /** The file is indexed up to the limit. */
  | 'cut'
  /** The reader died on the file again and again. */
  | 'crashes'
  /** The file is indexed, except for places that could not be decoded. */
  | 'partlyUnreadable'
  | 'ignored'
  /** The file is a zip or the like, whose content is not read. */
  | 'archive'
  | 'link'
  | 'timeout';

/** One row of the ledger, which has every file that is, or could have been, indexed. */
export interface LedgerEntry {
  readonly folder: string;
  readonly path: string;
  readonly state: FileState;
  readonly reason: FileReason | null;
  /** Technical detail for the reason (an error's message), never a note's content. */
  readonly detail: string | null;
  readonly passages: number;
  /** Number of its passages that have no vector yet. */
  readonly pending?: number;
  /** When it was last changed, as of its last reading, in ms since 1970; absent where it was never read. */
  readonly modified?: number;
}
