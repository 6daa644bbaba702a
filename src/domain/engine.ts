/** What a window, the command line or an agent may ask of the engine, wherever it runs. */
import type { DocumentPassage, DocumentRequest, DocumentText } from './document.ts';
import type { EngineStatus } from './engineStatus.ts';
import type { Explanation, ExplainRequest } from './explanation.ts';
import type { JudgeParams } from './feedback.ts';
import type { FolderRequest } from './folder.ts';
import type { LedgerEntry } from './ledger.ts';
import type { RelatedRequest, RelatedResult } from './related.ts';
import type { SearchRequest, SearchResult } from './search.ts';

export interface Disposable {
  dispose(): void;
}

export interface AskOptions {
  /** The promise rejects with an `AbortError` when it fires. */
  readonly signal?: AbortSignal | undefined;
}

export interface SearchOptions extends AskOptions {
  /** Called at most once, before the promise settles, with the literal hits. */
  readonly onLiteral?: ((result: SearchResult) => void) | undefined;
}

/** Messages of what it rejects with are for the user, in their language, unless they are bugs. */
export interface Engine {
  /** These folders and no others are open for the caller from now on; they are brought up to date beside all else. */
  openFolders(folders: readonly FolderRequest[], options?: AskOptions): Promise<void>;
  /** Resolves when the index of an open folder equals the folder, or indexing has failed. */
  updateFolder(folder: string, options?: AskOptions): Promise<void>;
  /** Resolves when searches know the words of the open folders. */
  lexiconReady(options?: AskOptions): Promise<void>;
  search(params: SearchRequest, options?: SearchOptions): Promise<SearchResult>;
  /** Why a file is, or is not, among a query's hits. */
  explain(params: ExplainRequest, options?: AskOptions): Promise<Explanation>;
  /** What other files say like a passage, or like a file: from stored vectors. */
  related(params: RelatedRequest, options?: AskOptions): Promise<RelatedResult>;
  /** The passages that the index has of a file, in reading order; none of a file that it has not. */
  passages(params: DocumentRequest, options?: AskOptions): Promise<readonly DocumentPassage[]>;
  /** The text of a file of an open folder, read now. Never of a file that the folder's listing leaves out. */
  document(params: DocumentRequest, options?: AskOptions): Promise<DocumentText>;
  status(options?: AskOptions): Promise<EngineStatus>;
  ledger(options?: AskOptions): Promise<readonly LedgerEntry[]>;
  /** Keeps what the user says of a hit. */
  judge(params: JudgeParams, options?: AskOptions): Promise<void>;
  /** Something happened to these absolute paths. */
  filesChanged(paths: readonly string[]): void;
  onStatus(listener: (status: EngineStatus) => void): Disposable;
  /** Lets go of it; others that use the same engine are not disturbed. */
  close(): Promise<void>;
}
