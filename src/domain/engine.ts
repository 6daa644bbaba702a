/** The operations that a window, the command line or an agent may ask of the engine, wherever it runs. */
import type { DocumentPassage, DocumentRequest, DocumentText } from './document.ts';
import type { EngineStatus } from './engineStatus.ts';
import type { Explanation, ExplainRequest } from './explanation.ts';
import type { JudgeParams } from './feedback.ts';
import type { FolderRequest } from './folder.ts';
import type { LedgerEntry } from './ledger.ts';
import type { RelatedRequest, RelatedResult, SearchRequest, SearchResult } from './search.ts';
import type { TeamAccess } from './team/team.ts';

export interface Disposable {
  dispose(): void;
}

export interface AskOptions {
  /** When it fires, the promise rejects with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

export interface SearchOptions extends AskOptions {
  /**
   * Called before the promise settles: with the literal hits, and where team servers are asked, with all that is here,
   * before anybody waits for them.
   */
  readonly onLexical?: ((result: SearchResult) => void) | undefined;
}

/** Every promise rejects with an error whose message is for the user, in their language, unless it is a bug. */
export interface Engine {
  /** Opens these folders for the caller and closes all others; they are brought up to date in the background. */
  openFolders(folders: readonly FolderRequest[], options?: AskOptions): Promise<void>;
  /** Resolves when the index of an open folder equals the folder, or indexing has failed. */
  updateFolder(folder: string, options?: AskOptions): Promise<void>;
  /** These team servers and no others are searched for the caller from now on. */
  useTeams(servers: readonly TeamAccess[], options?: AskOptions): Promise<void>;
  /** Resolves when searches know the words of all open folders. */
  lexiconReady(options?: AskOptions): Promise<void>;
  search(params: SearchRequest, options?: SearchOptions): Promise<SearchResult>;
  /** Explains why a file is, or is not, among a query's hits. */
  explain(params: ExplainRequest, options?: AskOptions): Promise<Explanation>;
  /** Finds passages of other files that are like a passage or like a file, from stored vectors. */
  related(params: RelatedRequest, options?: AskOptions): Promise<RelatedResult>;
  /** The passages that the index has of a file, in reading order; empty where the index does not have the file. */
  passages(params: DocumentRequest, options?: AskOptions): Promise<readonly DocumentPassage[]>;
  /** The text of a file of an open folder, read now. A file that the folder's listing leaves out is never read. */
  document(params: DocumentRequest, options?: AskOptions): Promise<DocumentText>;
  status(options?: AskOptions): Promise<EngineStatus>;
  ledger(options?: AskOptions): Promise<readonly LedgerEntry[]>;
  /** Keeps the user's mark on a hit, durably. */
  judge(params: JudgeParams, options?: AskOptions): Promise<void>;
  /** Tells the engine that something happened to these absolute paths. */
  filesChanged(paths: readonly string[]): void;
  onStatus(listener: (status: EngineStatus) => void): Disposable;
  /** Disconnects the caller; others that use the same engine are not disturbed. */
  close(): Promise<void>;
}
