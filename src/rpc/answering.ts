/** Answers each request of the protocol with the part of the engine that knows the answer. */
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { SearchResult } from '../domain/search.ts';
import type { CallerTeams } from '../workspace/callerTeams.ts';
import type { Library } from '../workspace/library.ts';
import type { ModelCatalogue } from '../workspace/models/modelCatalogue.ts';
import * as protocol from './protocol.ts';

/** Turns errors into answers, and keeps silent while the engine ends. */
export type Guard = <T>(work: () => Promise<T>) => Promise<T>;

/** One client, as its requests are answered. */
export interface Asking {
  readonly client: MessageConnection;
  readonly guard: Guard;
  readonly library: Library;
  /** The folders that the client has open. */
  readonly folders: () => readonly string[];
  readonly status: () => EngineStatus;
}

/** Answers questions about the documents. */
export function answerQuestions(asking: Asking, teams: CallerTeams): void {
  const { client, guard } = asking;
  const { answers } = asking.library;
  client.onRequest(protocol.SearchRequest, (params, token) =>
    guard(() => {
      const onLexical = (result: SearchResult): void =>
        unlessGone(client.sendProgress(protocol.SearchProgress, params.token, result));
      return answers.search(params, signalOf(token), onLexical, teams.current);
    }),
  );
  client.onRequest(protocol.ExplainRequest, (params, token) =>
    guard(() => answers.explain(params, signalOf(token), teams.current)),
  );
  client.onRequest(protocol.RelatedRequest, params => guard(() => answers.related(params)));
  client.onRequest(protocol.PassagesRequest, (params, token) =>
    guard(() => answers.passages(params, signalOf(token), teams.current)),
  );
  client.onRequest(protocol.DocumentTextRequest, (params, token) =>
    guard(() => answers.document(params, signalOf(token), teams.current)),
  );
}

/** Answers what is indexed and how far it is, and takes what a person says of it. */
export function answerIndexing({ client, guard, library, folders, status }: Asking): void {
  client.onRequest(protocol.UpdateFolderRequest, folder =>
    guard(() => library.reconcile(folder).then(() => null)),
  );
  client.onRequest(protocol.LexiconReadyRequest, () => guard(() => library.lexiconReady().then(() => null)));
  client.onRequest(protocol.StatusRequest, () => guard(() => Promise.resolve(status())));
  client.onRequest(protocol.LedgerRequest, () => guard(() => Promise.resolve(library.ledger(folders()))));
  client.onRequest(protocol.JudgeRequest, params => guard(() => library.judge(params).then(() => null)));
  client.onRequest(protocol.PauseRequest, () =>
    guard(async () => {
      library.pause();
      return null;
    }),
  );
  client.onRequest(protocol.ResumeRequest, () =>
    guard(async () => {
      library.resume();
      return null;
    }),
  );
  client.onRequest(protocol.RebuildRequest, () =>
    guard(async () => {
      for (const folder of folders()) await library.rebuild(folder);
      return null;
    }),
  );
}

/** Answers which models there are, and brings them in, selects and removes them. */
export function answerModels({ client, guard }: Asking, models: ModelCatalogue): void {
  client.onRequest(protocol.ListModelsRequest, () => guard(() => models.list()));
  client.onRequest(protocol.HubListingRequest, ({ id, network }, token) =>
    guard(() => models.hubListing(id, network, signalOf(token))),
  );
  client.onRequest(protocol.DownloadModelRequest, (params, token) =>
    guard(() => models.download(params, signalOf(token))),
  );
  client.onRequest(protocol.ImportModelRequest, (params, token) =>
    guard(() => models.import(params, signalOf(token))),
  );
  client.onRequest(protocol.CancelModelJobRequest, () => {
    models.cancelJob();
    return null;
  });
  client.onRequest(protocol.UseModelRequest, name => guard(() => models.use(name).then(() => null)));
  client.onRequest(protocol.RemoveModelRequest, name => guard(() => models.remove(name).then(() => null)));
}

/** Takes what a client tells without expecting an answer. */
export function takeNotices({ client, library }: Asking, isLeaving: () => boolean): void {
  client.onNotification(protocol.FilesChangedNotification, paths => {
    // While this engine leaves, the next one compares the whole folder.
    if (!isLeaving()) void library.touch(paths);
  });
  client.onNotification(protocol.PreferNotification, params => library.prefer(params));
  client.onNotification(protocol.IndexingSettingsNotification, settings => library.setIndexing(settings));
  client.onNotification(protocol.PersonWorksNotification, () => library.personWorks());
}

/** A client may go at the very moment that it is sent something; its connection reports that by itself. */
export function unlessGone(sending: Promise<void>): void {
  sending.catch(() => undefined);
}

function signalOf(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}
