/** What the window asks of the engine about models. */
import type {
  DownloadModelParams,
  HubModel,
  ImportModelParams,
  ModelList,
  NetworkSettings,
} from '../protocol.ts';

export interface ModelService {
  listModels(): Promise<ModelList>;
  /** One small request to the hub: nothing is downloaded. */
  hubListing(
    params: { readonly id: string; readonly network: NetworkSettings },
    signal?: AbortSignal,
  ): Promise<HubModel>;
  /** Rejects with an `AbortError` when the signal fires or another window cancels the job. */
  downloadModel(params: DownloadModelParams, signal?: AbortSignal): Promise<{ readonly name: string }>;
  importModel(params: ImportModelParams, signal?: AbortSignal): Promise<{ readonly name: string }>;
  cancelModelJob(): Promise<void>;
  /** Answers as soon as the change has begun. */
  useModel(name: string): Promise<void>;
  removeModel(name: string): Promise<void>;
}
