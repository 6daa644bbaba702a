/** What a window or the command line may ask of the engine, wherever it runs. */
import type {
  DownloadModelParams,
  HubModel,
  ImportModelParams,
  ModelList,
  NetworkSettings,
} from '../domain/models.ts';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { FolderRequest } from '../domain/folder.ts';
import type { JudgeParams } from '../domain/feedback.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { SearchParams, SearchResult } from '../domain/search.ts';

export interface Disposable {
  dispose(): void;
}

/** `failed`: the engine died too often or can't be started; `message` says why; `restart()` tries anew. */
export type ConnectionState =
  | { readonly state: 'connecting' | 'ready' | 'restarting' }
  | { readonly state: 'failed'; readonly message: string };

export interface SearchOptions {
  readonly signal?: AbortSignal;
  /** Called at most once, before the promise settles, with the literal hits. */
  readonly onLiteral?: (result: SearchResult) => void;
}

/**
 * A connection that outlives the engine process: after a crash it starts the engine anew, opens the same
 * folders and goes on; requests that were under way reject with `EngineGoneError`.
 */
export interface EngineClient extends Disposable {
  /** Remembers the folders and (re)opens them whenever the engine comes up. */
  openFolders(folders: readonly FolderRequest[]): Promise<void>;
  /** Resolves when the index of an open folder equals the folder, or indexing has failed. */
  updateFolder(folder: string): Promise<void>;
  /** Resolves when searches know the words of the open folders. */
  lexiconReady(): Promise<void>;
  /** Rejects with an `AbortError` when the signal fires. */
  search(params: SearchParams, options?: SearchOptions): Promise<SearchResult>;
  status(): Promise<EngineStatus>;
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Keeps what the user says of a hit. */
  judge(params: JudgeParams): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  rebuild(): Promise<void>;
  filesChanged(paths: readonly string[]): void;
  listModels(): Promise<ModelList>;
  hubListing(
    params: { readonly id: string; readonly network: NetworkSettings },
    signal?: AbortSignal,
  ): Promise<HubModel>;
  /** Answers the installed model's name; the signal, or `cancelModelJob` of any client, rejects it with `AbortError`. */
  downloadModel(params: DownloadModelParams, signal?: AbortSignal): Promise<{ readonly name: string }>;
  importModel(params: ImportModelParams, signal?: AbortSignal): Promise<{ readonly name: string }>;
  cancelModelJob(): Promise<void>;
  /** Resolves when the change has begun: `EngineStatus.switching` tells of it. */
  useModel(name: string): Promise<void>;
  removeModel(name: string): Promise<void>;
  /** After `failed`: forget past crashes and start again. */
  restart(): Promise<void>;
  readonly connection: ConnectionState;
  onStatus(listener: (status: EngineStatus) => void): Disposable;
  onIndexChanged(listener: () => void): Disposable;
  onConnection(listener: (state: ConnectionState) => void): Disposable;
}

/** The engine process ended before it answered. */
export class EngineGoneError extends Error {
  override readonly name = 'EngineGoneError';
}
