/**
 * Every message between a client (a window or the command line) and the engine process, typed.
 *
 * Transport: JSON-RPC 2.0 (vscode-jsonrpc) over a local socket or named pipe. Offsets are UTF-16 code
 * units; lines are zero-based; times are milliseconds; scores have no unit. Everything here is plain JSON.
 */
import { NotificationType, NotificationType0, ProgressType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { IndexingSettings, PreferParams } from '../domain/indexing.ts';
import type { JudgeParams } from '../domain/feedback.ts';
import type { DocumentPassage, DocumentRequest, DocumentText } from '../domain/document.ts';
import type { Explanation, ExplainRequest as ExplainParams } from '../domain/explanation.ts';
import type { FolderRequest } from '../domain/folder.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type {
  DownloadModelParams,
  HubModel,
  ImportModelParams,
  ModelList,
  NetworkSettings,
} from '../domain/models.ts';
import type {
  RelatedRequest as RelatedParams,
  RelatedResult,
  SearchRequest as SearchParams,
  SearchResult,
} from '../domain/search.ts';
import type { TeamAccess } from '../domain/team/team.ts';

/** Incremented when the shape of any message changes; client and engine must agree. */
export const PROTOCOL_VERSION = 12;

export interface HelloParams {
  readonly protocol: number;
  readonly version: string;
  /** BCP 47 tag that decides the language of localised texts. */
  readonly language: string;
  /** The client's challenge (`proof.ts`). */
  readonly nonce: string;
}

export interface HelloResult {
  readonly protocol: number;
  readonly version: string;
  readonly pid: number;
  /** The engine's challenge and its proof; earlier versions have none. */
  readonly nonce?: string;
  readonly proof?: string;
}

/** The first request. Nothing else is answered, and nobody is told anything, before both ends have proven themselves. */
export const HelloRequest = new RequestType<HelloParams, HelloResult, void>('malmoi/hello');

/** The second request: the client's proof. The connection of one that has none is closed. */
export const ProveRequest = new RequestType<string, null, void>('malmoi/prove');

/** Replaces this client's set of folders; starts reconciling them in the background. */
export const OpenFoldersRequest = new RequestType<readonly FolderRequest[], null, void>('malmoi/openFolders');

/**
 * Replaces this client's team servers. Credentials travel over the local socket, which only this user can open, and stay
 * in the engine's memory.
 */
export const UseTeamsRequest = new RequestType<readonly TeamAccess[], null, void>('malmoi/useTeams');

/** Answered when the index of an open folder equals the folder, or indexing has failed (`EngineStatus.problem`). */
export const UpdateFolderRequest = new RequestType<string, null, void>('malmoi/updateFolder');

/** Answered when searches know the words that all open folders have now. */
export const LexiconReadyRequest = new RequestType0<null, void>('malmoi/lexiconReady');

export const SearchRequest = new RequestType<SearchParams & { readonly token: string }, SearchResult, void>(
  'malmoi/search',
);

/** Explains why a file is, or is not, among a query's hits. */
export const ExplainRequest = new RequestType<ExplainParams, Explanation, void>('malmoi/explain');

/** Finds passages of other files that are like a passage or like a file, from stored vectors. */
export const RelatedRequest = new RequestType<RelatedParams, RelatedResult, void>('malmoi/related');

/** The passages that the index has of a file. */
export const PassagesRequest = new RequestType<DocumentRequest, readonly DocumentPassage[], void>(
  'malmoi/passages',
);

/** A file's text, read now. */
export const DocumentTextRequest = new RequestType<DocumentRequest, DocumentText, void>('malmoi/document');

/** Carries the `lexical` stage of a running search, under the request's `token`. */
export const SearchProgress = new ProgressType<SearchResult>();

export const StatusRequest = new RequestType0<EngineStatus, void>('malmoi/status');

export const LedgerRequest = new RequestType0<readonly LedgerEntry[], void>('malmoi/ledger');

/** Answered when the mark is durable. */
export const JudgeRequest = new RequestType<JudgeParams, null, void>('malmoi/judge');

export const PauseRequest = new RequestType0<null, void>('malmoi/pause');

export const ResumeRequest = new RequestType0<null, void>('malmoi/resume');

/** Deletes the indexes of this client's folders and builds them from scratch. */
export const RebuildRequest = new RequestType0<null, void>('malmoi/rebuild');

export const ListModelsRequest = new RequestType0<ModelList, void>('malmoi/listModels');

/** Asks the hub for a model's listing (one small request); nothing is downloaded. */
export const HubListingRequest = new RequestType<
  { readonly id: string; readonly network: NetworkSettings },
  HubModel,
  void
>('malmoi/hubListing');

/**
 * Downloads a model and answers its name; one job runs at a time for all clients, and `EngineStatus.job`
 * shows its progress. Cancelling the request (by any window, `CancelModelJobRequest`) keeps the part that a
 * later one can resume.
 */
export const DownloadModelRequest = new RequestType<DownloadModelParams, { readonly name: string }, void>(
  'malmoi/downloadModel',
);

export const ImportModelRequest = new RequestType<ImportModelParams, { readonly name: string }, void>(
  'malmoi/importModel',
);

export const CancelModelJobRequest = new RequestType0<null, void>('malmoi/cancelModelJob');

/**
 * Selects an installed model for this and every later engine. It is answered as soon as the change has begun;
 * the open folders are encoded in the background (`EngineStatus.switching`), and then the model answers
 * searches. Choosing the model that answers now cancels a change under way.
 */
export const UseModelRequest = new RequestType<string, null, void>('malmoi/useModel');

/** Removes an installed model, with its indexes of open folders. The model must be neither selected nor embedded. */
export const RemoveModelRequest = new RequestType<string, null, void>('malmoi/removeModel');

/** Ends the engine for every client (used when a newer client finds an older engine). */
export const ShutdownRequest = new RequestType0<null, void>('malmoi/shutdown');

/** Client -> engine: something happened to these absolute paths (saved, created, changed, deleted). */
export const FilesChangedNotification = new NotificationType<readonly string[]>('malmoi/filesChanged');

/** Client -> engine: what is there comes before all else. */
export const PreferNotification = new NotificationType<PreferParams>('malmoi/prefer');

/** Client -> engine: how much may be done, and when. The last of all clients counts. */
export const IndexingSettingsNotification = new NotificationType<IndexingSettings>('malmoi/indexingSettings');

/** Client -> engine: the person types. At most every two seconds. */
export const PersonWorksNotification = new NotificationType<null>('malmoi/personWorks');

/**
 * Engine -> client: this process ends on purpose and answers nothing more. It closes the connection when it
 * has released the store; then the client finds another engine, or starts one, and asks again.
 */
export const LeavingNotification = new NotificationType0('malmoi/leaving');

/** Engine -> client: at most every 200 ms. */
export const StatusNotification = new NotificationType<EngineStatus>('malmoi/statusChanged');

/** Engine -> client: a line for the log. It never holds a note's content or a query. */
export const LogNotification = new NotificationType<string>('malmoi/log');

/** Engine -> client: the index changed, so shown results may be stale. At most every second. */
export const IndexChangedNotification = new NotificationType0('malmoi/indexChanged');
