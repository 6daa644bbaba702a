/** The engine in another process, and what a window asks of it besides. */
import type {
  DownloadModelParams,
  HubModel,
  ImportModelParams,
  ModelList,
  NetworkSettings,
} from '../domain/models.ts';
import type { IndexingSettings, PreferParams } from '../domain/indexing.ts';
import type { Disposable, Engine } from '../domain/engine.ts';

/** `failed`: the engine died too often or can't be started; `message` says why; `restart()` tries anew. */
export type ConnectionState =
  | { readonly state: 'connecting' | 'ready' | 'restarting' }
  | { readonly state: 'failed'; readonly message: string };

/**
 * A connection that outlives the engine process: after a crash it starts the engine anew, opens the same
 * folders and goes on; requests that were under way reject with `EngineGoneError`.
 */
export interface EngineClient extends Engine, Disposable {
  /** What is there comes before all else that waits. */
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
  onIndexChanged(listener: () => void): Disposable;
  onConnection(listener: (state: ConnectionState) => void): Disposable;
}

/** The engine process ended before it answered. */
export class EngineGoneError extends Error {
  override readonly name = 'EngineGoneError';
}
