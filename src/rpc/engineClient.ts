/** The engine in another process, and the further requests that a window makes of it. */
import type {
  DownloadModelParams,
  HubModel,
  ImportModelParams,
  ModelList,
  NetworkSettings,
} from '../domain/models.ts';
import type { IndexingSettings, PreferParams } from '../domain/indexing.ts';
import type { Disposable, Engine } from '../domain/engine.ts';

/**
 * `failed` means that the engine died too often or can't be started; `message` says why, and `restart()`
 * tries again.
 */
export type ConnectionState =
  | { readonly state: 'connecting' | 'ready' | 'restarting' }
  | { readonly state: 'failed'; readonly message: string };

/**
 * A connection that outlives the engine process: after a crash it starts the engine again and opens the same
 * folders. Requests that were under way reject with `EngineGoneError`.
 */
export interface EngineClient extends Engine, Disposable {
  /** Files that wait there come before all others. */
  prefer(params: PreferParams): void;
  /** Kept, and told to every engine that comes. */
  setIndexing(settings: IndexingSettings): void;
  /** The person types: call it as often as you like. */
  personWorks(): void;
  pause(): Promise<void>;
  resume(): Promise<void>;
  rebuild(): Promise<void>;
  listModels(): Promise<ModelList>;
  hubListing(
    params: { readonly id: string; readonly network: NetworkSettings },
    signal?: AbortSignal,
  ): Promise<HubModel>;
  /**
   * Resolves to the name of the installed model; the signal, or `cancelModelJob` of any client, rejects it
   * with `AbortError`.
   */
  downloadModel(params: DownloadModelParams, signal?: AbortSignal): Promise<{ readonly name: string }>;
  importModel(params: ImportModelParams, signal?: AbortSignal): Promise<{ readonly name: string }>;
  cancelModelJob(): Promise<void>;
  /** Resolves when the change has begun; `EngineStatus.switching` reports its progress. */
  useModel(name: string): Promise<void>;
  removeModel(name: string): Promise<void>;
  /** After `failed`: forgets past crashes and starts the engine again. */
  restart(): Promise<void>;
  readonly connection: ConnectionState;
  onIndexChanged(listener: () => void): Disposable;
  onConnection(listener: (state: ConnectionState) => void): Disposable;
}

/** The engine process ended before it answered. */
export class EngineGoneError extends Error {
  override readonly name = 'EngineGoneError';
}
