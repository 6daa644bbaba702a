/** The engine as a client has it: each question a request over the connection. */
import { randomUUID } from 'node:crypto';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { IndexingSettings, PreferParams } from '../domain/indexing.ts';
import type { JudgeParams } from '../domain/feedback.ts';
import type { DocumentPassage, DocumentRequest, DocumentText } from '../domain/document.ts';
import type { AskOptions, Disposable, SearchOptions } from '../domain/engine.ts';
import type { Explanation, ExplainRequest } from '../domain/explanation.ts';
import type { FolderRequest } from '../domain/folder.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type {
  DownloadModelParams,
  HubModel,
  ImportModelParams,
  ModelList,
  NetworkSettings,
} from '../domain/models.ts';
import type { RelatedRequest, RelatedResult, SearchRequest, SearchResult } from '../domain/search.ts';
import type { TeamAccess } from '../domain/team/team.ts';
import * as protocol from './protocol.ts';
import type { ConnectionState, EngineClient } from './engineClient.ts';
import { EngineConnection, type ConnectOptions } from './engineConnection.ts';

/** Results that come before a search's answer. */
const MOST_TOLD = 2;

/** Milliseconds between two notices that the person types. */
const WORKS_INTERVAL = 2_000;

export function connectEngine(options: ConnectOptions): EngineClient {
  return new RemoteEngine(new EngineConnection(options));
}

class RemoteEngine implements EngineClient {
  readonly #connection: EngineConnection;
  #worked = 0;

  constructor(connection: EngineConnection) {
    this.#connection = connection;
  }

  get connection(): ConnectionState {
    return this.#connection.state;
  }

  async openFolders(folders: readonly FolderRequest[], options?: AskOptions): Promise<void> {
    this.#connection.remember(folders);
    // A connection made just now has opened them already; opening them twice costs nothing.
    await this.#connection.request(protocol.OpenFoldersRequest, folders, options);
  }

  async updateFolder(folder: string, options?: AskOptions): Promise<void> {
    await this.#connection.request(protocol.UpdateFolderRequest, folder, options);
  }

  async lexiconReady(options?: AskOptions): Promise<void> {
    await this.#connection.request(protocol.LexiconReadyRequest, undefined, options);
  }

  explain(params: ExplainRequest, options?: AskOptions): Promise<Explanation> {
    return this.#connection.request(protocol.ExplainRequest, params, options);
  }

  related(params: RelatedRequest, options?: AskOptions): Promise<RelatedResult> {
    return this.#connection.request(protocol.RelatedRequest, params, options);
  }

  passages(params: DocumentRequest, options?: AskOptions): Promise<readonly DocumentPassage[]> {
    return this.#connection.request(protocol.PassagesRequest, params, options);
  }

  document(params: DocumentRequest, options?: AskOptions): Promise<DocumentText> {
    return this.#connection.request(protocol.DocumentTextRequest, params, options);
  }

  async useTeams(servers: readonly TeamAccess[], options?: AskOptions): Promise<void> {
    this.#connection.rememberTeams(servers);
    await this.#connection.request(protocol.UseTeamsRequest, servers, options);
  }

  search(params: SearchRequest, options: SearchOptions = {}): Promise<SearchResult> {
    // Letters, then what is here: an engine that is asked again has told some of it already.
    let told = 0;
    return this.#connection.cancellable(options.signal, async (connection, cancellation) => {
      const token = randomUUID();
      const progress = connection.onProgress(protocol.SearchProgress, token, result => {
        if (options.signal?.aborted === true || told++ === MOST_TOLD) return;
        options.onLexical?.(result);
      });
      try {
        return await connection.sendRequest(protocol.SearchRequest, { ...params, token }, cancellation);
      } finally {
        progress.dispose();
      }
    });
  }

  status(options?: AskOptions): Promise<EngineStatus> {
    return this.#connection.request(protocol.StatusRequest, undefined, options);
  }

  ledger(options?: AskOptions): Promise<readonly LedgerEntry[]> {
    return this.#connection.request(protocol.LedgerRequest, undefined, options);
  }

  async pause(): Promise<void> {
    await this.#connection.request(protocol.PauseRequest, undefined);
  }

  async resume(): Promise<void> {
    await this.#connection.request(protocol.ResumeRequest, undefined);
  }

  async rebuild(): Promise<void> {
    await this.#connection.request(protocol.RebuildRequest, undefined);
  }

  async judge(params: JudgeParams, options?: AskOptions): Promise<void> {
    await this.#connection.request(protocol.JudgeRequest, params, options);
  }

  listModels(): Promise<ModelList> {
    return this.#connection.request(protocol.ListModelsRequest, undefined);
  }

  hubListing(
    params: { readonly id: string; readonly network: NetworkSettings },
    signal?: AbortSignal,
  ): Promise<HubModel> {
    return this.#connection.request(protocol.HubListingRequest, params, { signal });
  }

  downloadModel(params: DownloadModelParams, signal?: AbortSignal): Promise<{ readonly name: string }> {
    return this.#connection.request(protocol.DownloadModelRequest, params, { signal });
  }

  importModel(params: ImportModelParams, signal?: AbortSignal): Promise<{ readonly name: string }> {
    return this.#connection.request(protocol.ImportModelRequest, params, { signal });
  }

  async cancelModelJob(): Promise<void> {
    await this.#connection.request(protocol.CancelModelJobRequest, undefined);
  }

  async useModel(name: string): Promise<void> {
    await this.#connection.request(protocol.UseModelRequest, name);
  }

  async removeModel(name: string): Promise<void> {
    await this.#connection.request(protocol.RemoveModelRequest, name);
  }

  filesChanged(paths: readonly string[]): void {
    // Without an engine nobody needs to be told: the next one compares the whole folder at its start.
    this.#connection.notify(protocol.FilesChangedNotification, paths);
  }

  prefer(params: PreferParams): void {
    this.#connection.notify(protocol.PreferNotification, params);
  }

  setIndexing(settings: IndexingSettings): void {
    this.#connection.rememberIndexing(settings);
    this.#connection.notify(protocol.IndexingSettingsNotification, settings);
  }

  personWorks(): void {
    const now = Date.now();
    if (now - this.#worked < WORKS_INTERVAL) return;
    this.#worked = now;
    this.#connection.notify(protocol.PersonWorksNotification, null);
  }

  restart(): Promise<void> {
    return this.#connection.restart();
  }

  onStatus(listener: (status: EngineStatus) => void): Disposable {
    return this.#connection.onStatus.add(listener);
  }

  onIndexChanged(listener: () => void): Disposable {
    return this.#connection.onIndexChanged.add(listener);
  }

  onConnection(listener: (state: ConnectionState) => void): Disposable {
    return this.#connection.onState.add(listener);
  }

  close(): Promise<void> {
    this.dispose();
    return Promise.resolve();
  }

  dispose(): void {
    this.#connection.dispose();
  }
}
