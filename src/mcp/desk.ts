/** The parts that every call of every client needs. */
import type { EngineAccess } from './engineAccess.ts';
import type { Say } from '../wording/language.ts';
import type { OpenFolders } from './openFolders.ts';

export interface Desk {
  readonly access: EngineAccess;
  readonly folders: OpenFolders;
  readonly say: Say;
  /** The message of a failure, in the user's language; it never holds a document's content. */
  readonly messageOf: (error: unknown) => string;
  /** Logs a bug to stderr, with its stack. */
  readonly log: (error: unknown) => void;
}
