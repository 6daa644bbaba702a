/** What every call of every client is answered with. */
import type { EngineAccess } from './engineAccess.ts';
import type { Say } from '../wording/language.ts';
import type { OpenFolders } from './openFolders.ts';

export interface Desk {
  readonly access: EngineAccess;
  readonly folders: OpenFolders;
  readonly say: Say;
  /** What to tell of a failure, in the language of the user; never a document's content. */
  readonly messageOf: (error: unknown) => string;
  /** For bugs: to stderr, with the stack. */
  readonly log: (error: unknown) => void;
}
