/** The engine's side of the protocol: each connection is a client with its own folders. */
import { isAbort } from '../threads/abort.ts';
import type net from 'node:net';
import {
  createMessageConnection,
  ErrorCodes,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  type CancellationToken,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import type { EngineStatus } from '../domain/engineStatus.ts';
import { boundedMessages, LONGEST_REQUEST } from './boundedMessages.ts';
import * as protocol from './protocol.ts';
import type { SearchResult } from '../domain/search.ts';
import { CallerTeams, type OpenTeams } from '../workspace/callerTeams.ts';
import type { Library } from '../workspace/library.ts';
import type { ModelCatalogue } from '../workspace/models/modelCatalogue.ts';
import { engineMessage } from '../errors/engineMessages.ts';
import { UserError } from '../errors/userError.ts';

export interface ServeOptions {
  readonly library: Library;
  readonly models: ModelCatalogue;
  readonly openTeams: OpenTeams;
  readonly version: string;
  readonly language: string;
  /** Called when a client came or went, with the number of clients connected now. */
  readonly onClients: (count: number) => void;
  readonly onShutdown: () => void;
  /** Folders that this process itself uses, so that a client that goes does not close them. */
  readonly ownFolders?: () => readonly string[];
}

/** The answer to requests that arrive, or are under way, while this process ends: the client asks the next engine. */
const NEVER = new Promise<never>(() => undefined);

const STATUS_INTERVAL = 200;
const INDEXED_INTERVAL = 1_000;
/** JSON-RPC error code of an error whose message is for the user (already localised). */
export const USER_ERROR = -31_000;

export class Server {
  readonly #options: ServeOptions;
  readonly #clients = new Map<MessageConnection, readonly string[]>();
  readonly #sockets = new Set<net.Socket>();
  #leaving = false;

  constructor(options: ServeOptions) {
    this.#options = options;
  }

  log(line: string): void {
    for (const client of this.#clients.keys())
      unlessGone(client.sendNotification(protocol.LogNotification, line));
  }

  /** Number of clients connected now. */
  get clients(): number {
    return this.#clients.size;
  }

  /**
   * The first step of ending: from here on nothing is answered, so that no client takes a library that is
   * closing for an empty one. The store must be released before `hangUp` sends clients to look for another
   * engine.
   */
  leave(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    for (const client of this.#clients.keys())
      unlessGone(client.sendNotification(protocol.LeavingNotification));
  }

  /** The last step of ending: every client loses its connection, including those that came meanwhile. */
  hangUp(): void {
    for (const socket of this.#sockets) socket.destroySoon();
  }

  /**
   * Takes a new client. While this process ends, the client is kept waiting and finds its connection closed
   * at the end.
   */
  connect(socket: net.Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
    if (!this.#leaving) this.#serve(socket);
  }

  #serve(socket: net.Socket): void {
    const { library, models, version } = this.#options;
    const teams = new CallerTeams(this.#options.openTeams);
    const client = createMessageConnection(
      new StreamMessageReader(boundedMessages(socket, LONGEST_REQUEST)),
      new StreamMessageWriter(socket),
    );
    this.#clients.set(client, []);
    this.#options.onClients(this.#clients.size);
    const folders = (): readonly string[] => this.#clients.get(client) ?? [];
    const status = (): EngineStatus => ({ ...library.status(folders()), job: models.job });
    const sendStatus = throttled(STATUS_INTERVAL, () => {
      unlessGone(client.sendNotification(protocol.StatusNotification, status()));
    });
    const sendIndexed = throttled(INDEXED_INTERVAL, () => {
      unlessGone(client.sendNotification(protocol.IndexChangedNotification));
    });
    const stopListening = [
      library.onProgress(sendStatus.trigger),
      models.onProgress(sendStatus.trigger),
      library.onIndexed(sendIndexed.trigger),
    ];

    client.onRequest(protocol.HelloRequest, () => ({
      protocol: protocol.PROTOCOL_VERSION,
      version,
      pid: process.pid,
    }));
    client.onRequest(protocol.OpenFoldersRequest, wanted =>
      this.#answer(async () => {
        const before = folders();
        this.#clients.set(
          client,
          wanted.map(folder => folder.path),
        );
        await this.#closeUnused(before);
        // All folders are opened at once: a change of the model must know every folder before it is done.
        const opened = await Promise.allSettled(
          wanted.map(async folder => {
            await library.openFolder(folder);
            if (folder.asItIs !== true) void library.reconcile(folder.path);
          }),
        );
        sendStatus.trigger();
        const failed = opened.find(result => result.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
        return null;
      }),
    );
    client.onRequest(protocol.UseTeamsRequest, servers =>
      this.#answer(() => teams.use(servers).then(() => null)),
    );
    client.onRequest(protocol.SearchRequest, (params, token) =>
      this.#answer(() => {
        const onLexical = (result: SearchResult): void =>
          unlessGone(client.sendProgress(protocol.SearchProgress, params.token, result));
        return library.answers.search(params, signalOf(token), onLexical, teams.current);
      }),
    );
    client.onRequest(protocol.ExplainRequest, (params, token) =>
      this.#answer(() => library.answers.explain(params, signalOf(token), teams.current)),
    );
    client.onRequest(protocol.RelatedRequest, params => this.#answer(() => library.answers.related(params)));
    client.onRequest(protocol.PassagesRequest, (params, token) =>
      this.#answer(() => library.answers.passages(params, signalOf(token), teams.current)),
    );
    client.onRequest(protocol.DocumentTextRequest, (params, token) =>
      this.#answer(() => library.answers.document(params, signalOf(token), teams.current)),
    );
    client.onRequest(protocol.UpdateFolderRequest, folder =>
      this.#answer(() => library.reconcile(folder).then(() => null)),
    );
    client.onRequest(protocol.LexiconReadyRequest, () =>
      this.#answer(() => library.lexiconReady().then(() => null)),
    );
    client.onRequest(protocol.StatusRequest, () => this.#answer(() => Promise.resolve(status())));
    client.onRequest(protocol.LedgerRequest, () =>
      this.#answer(() => Promise.resolve(library.ledger(folders()))),
    );
    client.onRequest(protocol.JudgeRequest, params =>
      this.#answer(() => library.judge(params).then(() => null)),
    );
    client.onRequest(protocol.PauseRequest, () =>
      this.#answer(async () => {
        library.pause();
        return null;
      }),
    );
    client.onRequest(protocol.ResumeRequest, () =>
      this.#answer(async () => {
        library.resume();
        return null;
      }),
    );
    client.onRequest(protocol.RebuildRequest, () =>
      this.#answer(async () => {
        for (const folder of folders()) await library.rebuild(folder);
        return null;
      }),
    );
    client.onRequest(protocol.ListModelsRequest, () => this.#answer(() => models.list()));
    client.onRequest(protocol.HubListingRequest, ({ id, network }, token) =>
      this.#answer(() => models.hubListing(id, network, signalOf(token))),
    );
    client.onRequest(protocol.DownloadModelRequest, (params, token) =>
      this.#answer(() => models.download(params, signalOf(token))),
    );
    client.onRequest(protocol.ImportModelRequest, (params, token) =>
      this.#answer(() => models.import(params, signalOf(token))),
    );
    client.onRequest(protocol.CancelModelJobRequest, () => {
      models.cancelJob();
      return null;
    });
    client.onRequest(protocol.UseModelRequest, name => this.#answer(() => models.use(name).then(() => null)));
    client.onRequest(protocol.RemoveModelRequest, name =>
      this.#answer(() => models.remove(name).then(() => null)),
    );
    client.onRequest(protocol.ShutdownRequest, () => {
      setImmediate(this.#options.onShutdown);
      return null;
    });
    client.onNotification(protocol.FilesChangedNotification, paths => {
      // While this engine leaves, the next one compares the whole folder.
      if (!this.#leaving) void library.touch(paths);
    });
    client.onNotification(protocol.PreferNotification, params => library.prefer(params));
    client.onNotification(protocol.IndexingSettingsNotification, settings => library.setIndexing(settings));
    client.onNotification(protocol.PersonWorksNotification, () => library.personWorks());
    client.onClose(() => {
      const before = folders();
      this.#clients.delete(client);
      sendStatus.cancel();
      sendIndexed.cancel();
      for (const stop of stopListening) stop();
      client.dispose();
      void this.#closeUnused(before);
      void teams.close();
      this.#options.onClients(this.#clients.size);
    });
    // A client that dies in the middle of a message is simply gone.
    client.onError(() => undefined);
    client.listen();
  }

  async #closeUnused(folders: readonly string[]): Promise<void> {
    if (this.#leaving) return;
    // The folders in use are collected now, not after another folder has been closed.
    const used = new Set([...this.#clients.values(), this.#options.ownFolders?.() ?? []].flat());
    const unused = folders.filter(folder => !used.has(folder));
    await Promise.all(unused.map(folder => this.#options.library.closeFolder(folder)));
  }

  async #answer<T>(work: () => Promise<T>): Promise<T> {
    if (this.#leaving) return NEVER;
    try {
      const answer = await work();
      return this.#leaving ? await NEVER : answer;
    } catch (error) {
      if (this.#leaving) return NEVER;
      if (isAbort(error)) throw new ResponseError(CANCELLED, 'cancelled');
      if (error instanceof UserError)
        throw new ResponseError(USER_ERROR, engineMessage(this.#options.language, error.code, error.subject));
      throw new ResponseError(ErrorCodes.InternalError, (error as Error).message);
    }
  }
}

/** A client may go at the very moment that it is sent something; its connection reports that by itself. */
function unlessGone(sending: Promise<void>): void {
  sending.catch(() => undefined);
}

/** LSP's error code `RequestCancelled`. */
export const CANCELLED = -32_800;

function signalOf(token: CancellationToken): AbortSignal {
  const abort = new AbortController();
  if (token.isCancellationRequested) abort.abort();
  else token.onCancellationRequested(() => abort.abort());
  return abort.signal;
}

/** Runs `action` at once, then at most once an interval; a trigger in between is not lost. */
function throttled(interval: number, action: () => void): { trigger: () => void; cancel: () => void } {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const run = (): void => {
    again = false;
    action();
    timer = setTimeout(() => {
      timer = null;
      if (again) run();
    }, interval);
  };
  return {
    trigger: () => {
      if (timer === null) run();
      else again = true;
    },
    cancel: () => {
      again = false;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
