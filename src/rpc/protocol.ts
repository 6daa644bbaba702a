/**
 * Every message between a client (a window or the command line) and the engine process, typed.
 *
 * Transport: JSON-RPC 2.0 (vscode-jsonrpc) over a local socket or named pipe. Offsets are UTF-16 code
 * units; lines are zero-based; times are milliseconds; scores have no unit. Everything here is plain JSON.
 */
import { NotificationType, NotificationType0, ProgressType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { EngineStatus } from '../domain/engineStatus.ts';
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
import type { RelatedRequest as RelatedParams, RelatedResult } from '../domain/related.ts';
import type { SearchRequest as SearchParams, SearchResult } from '../domain/search.ts';

/** Raised when the shape of any message changes; client and engine must agree. */
export const PROTOCOL_VERSION = 11;

export interface HelloParams {
  readonly protocol: number;
  readonly version: string;
  /** BCP 47, decides the language of localised texts. */
  readonly language: string;
}

export interface HelloResult {
  readonly protocol: number;
  readonly version: string;
  readonly pid: number;
}

export const HelloRequest = new RequestType<HelloParams, HelloResult, void>('malmoi/hello');

/** Replaces this client's set of folders; starts reconciling them in the background. */
export const OpenFoldersRequest = new RequestType<readonly FolderRequest[], null, void>('malmoi/openFolders');

/** Answers when the index of an open folder equals the folder, or indexing has failed (`EngineStatus.problem`). */
export const UpdateFolderRequest = new RequestType<string, null, void>('malmoi/updateFolder');

/** Answers when searches know the words of all open folders, as of now. */
export const LexiconReadyRequest = new RequestType0<null, void>('malmoi/lexiconReady');

export const SearchRequest = new RequestType<SearchParams & { readonly token: string }, SearchResult, void>(
  'malmoi/search',
);

/** Why a file is, or is not, among a query's hits. */
export const ExplainRequest = new RequestType<ExplainParams, Explanation, void>('malmoi/explain');

/** What other files say like a passage, or like a file: from stored vectors. */
export const RelatedRequest = new RequestType<RelatedParams, RelatedResult, void>('malmoi/related');

/** The passages that the index has of a file. */
export const PassagesRequest = new RequestType<DocumentRequest, readonly DocumentPassage[], void>(
  'malmoi/passages',
);

/** A file's text, read now. */
export const DocumentTextRequest = new RequestType<DocumentRequest, DocumentText, void>('malmoi/document');

/** Carries the `literal` stage of a running search, under the request's `token`. */
export const SearchProgress = new ProgressType<SearchResult>();

export const StatusRequest = new RequestType0<EngineStatus, void>('malmoi/status');

export const LedgerRequest = new RequestType0<readonly LedgerEntry[], void>('malmoi/ledger');

/** Answers when it is durable. */
export const JudgeRequest = new RequestType<JudgeParams, null, void>('malmoi/judge');

export const PauseRequest = new RequestType0<null, void>('malmoi/pause');

export const ResumeRequest = new RequestType0<null, void>('malmoi/resume');

/** Throws the index of this client's folders away and builds it anew. */
export const RebuildRequest = new RequestType0<null, void>('malmoi/rebuild');

export const ListModelsRequest = new RequestType0<ModelList, void>('malmoi/listModels');

/** Asks the hub (one small request): nothing is downloaded. */
export const HubListingRequest = new RequestType<
  { readonly id: string; readonly network: NetworkSettings },
  HubModel,
  void
>('malmoi/hubListing');

/**
 * Brings a model in and answers its name; one at a time for all clients. `EngineStatus.job` shows how far it is.
 * Cancelling the request (by any window, `CancelModelJobRequest`) keeps what a later one can resume.
 */
export const DownloadModelRequest = new RequestType<DownloadModelParams, { readonly name: string }, void>(
  'malmoi/downloadModel',
);

export const ImportModelRequest = new RequestType<ImportModelParams, { readonly name: string }, void>(
  'malmoi/importModel',
);

export const CancelModelJobRequest = new RequestType0<null, void>('malmoi/cancelModelJob');

/**
 * Selects an installed model for this and every later engine. Answers as soon as the change has begun; the open
 * folders are encoded again in the background (`EngineStatus.switching`), then it answers searches. Choosing
 * the model that answers now ends a change under way.
 */
export const UseModelRequest = new RequestType<string, null, void>('malmoi/useModel');

/** Removes an installed model that is neither selected nor embedded, with its indexes of open folders. */
export const RemoveModelRequest = new RequestType<string, null, void>('malmoi/removeModel');

/** Ends the engine for every client (used when a newer client finds an older engine). */
export const ShutdownRequest = new RequestType0<null, void>('malmoi/shutdown');

/** Client -> engine: something happened to these absolute paths (saved, created, changed, deleted). */
export const FilesChangedNotification = new NotificationType<readonly string[]>('malmoi/filesChanged');

/**
 * Engine -> client: this process ends on purpose and answers nothing more. It closes the connection when it has let
 * go of the store; then the client finds another engine, or starts one, and asks again.
 */
export const LeavingNotification = new NotificationType0('malmoi/leaving');

/** Engine -> client: at most every 200 ms. */
export const StatusNotification = new NotificationType<EngineStatus>('malmoi/statusChanged');

/** Engine -> client: a line for the log. Never a note's content, never a query. */
export const LogNotification = new NotificationType<string>('malmoi/log');

/** Engine -> client: index content changed; shown results may be stale. At most every second. */
export const IndexChangedNotification = new NotificationType0('malmoi/indexChanged');
