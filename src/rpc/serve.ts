/** The engine's side of the protocol: each connection is a client with its own folders. */
import { isAbort } from '../threads/abort.ts';
import type net from 'node:net';
import { ErrorCodes, ResponseError, type MessageConnection } from 'vscode-jsonrpc/node';
import type { EngineStatus } from '../domain/engineStatus.ts';
import { admit } from './admission.ts';
import type { Secret } from './proof.ts';
import * as protocol from './protocol.ts';
import type { FolderRequest } from '../domain/folder.ts';
import {
  type Guard,
  answerIndexing,
  answerModels,
  answerQuestions,
  takeNotices,
  unlessGone,
} from './answering.ts';
import { CallerTeams, type OpenTeams } from '../workspace/callerTeams.ts';
import type { Library } from '../workspace/library.ts';
import type { ModelCatalogue } from '../workspace/models/modelCatalogue.ts';
import { throttled } from './throttled.ts';
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
   * Takes a new client, which is served when it has proven that it knows the secret. While this process ends, the client
   * is kept waiting and finds its connection closed at the end.
   */
  connect(socket: net.Socket, secret: Secret): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
    if (!this.#leaving) admit(socket, secret, this.#options.version, client => this.#serve(client));
  }

  #serve(client: MessageConnection): void {
    const { library, models, onShutdown } = this.#options;
    const teams = new CallerTeams(this.#options.openTeams);
    this.#clients.set(client, []);
    this.#options.onClients(this.#clients.size);
    const folders = (): readonly string[] => this.#clients.get(client) ?? [];
    const status = (): EngineStatus => ({ ...library.status(folders()), job: models.job });
    const notices = this.#tell(client, status);

    client.onRequest(protocol.ShutdownRequest, () => {
      setImmediate(onShutdown);
      return null;
    });
    const guard: Guard = work => this.#answer(work);
    client.onRequest(protocol.OpenFoldersRequest, wanted =>
      guard(() => this.#openFolders(client, wanted, notices.sendStatus).then(() => null)),
    );
    client.onRequest(protocol.UseTeamsRequest, servers => guard(() => teams.use(servers).then(() => null)));
    const asking = { client, guard, library, folders, status };
    answerQuestions(asking, teams);
    answerIndexing(asking);
    answerModels(asking, models);
    takeNotices(asking, () => this.#leaving);
    client.onClose(() => {
      const before = folders();
      this.#clients.delete(client);
      notices.stop();
      client.dispose();
      void this.#closeUnused(before);
      void teams.close();
      this.#options.onClients(this.#clients.size);
    });
  }

  /** Tells a client how far the engine is, and when shown results may be stale. */
  #tell(
    client: MessageConnection,
    status: () => EngineStatus,
  ): { readonly sendStatus: () => void; readonly stop: () => void } {
    const { library, models } = this.#options;
    const sendStatus = throttled(STATUS_INTERVAL, () => {
      unlessGone(client.sendNotification(protocol.StatusNotification, status()));
    });
    const sendIndexed = throttled(INDEXED_INTERVAL, () => {
      unlessGone(client.sendNotification(protocol.IndexChangedNotification));
    });
    const listening = [
      library.onProgress.add(sendStatus.trigger),
      models.onProgress.add(sendStatus.trigger),
      library.onIndexed.add(sendIndexed.trigger),
    ];
    return {
      sendStatus: sendStatus.trigger,
      stop: () => {
        sendStatus.cancel();
        sendIndexed.cancel();
        for (const each of listening) each.dispose();
      },
    };
  }

  /** Replaces the folders of a client; `onOpened` is called when each has been opened or has failed. */
  async #openFolders(
    client: MessageConnection,
    wanted: readonly FolderRequest[],
    onOpened: () => void,
  ): Promise<void> {
    const { library } = this.#options;
    const before = this.#clients.get(client) ?? [];
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
    onOpened();
    const failed = opened.find(result => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
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

/** LSP's error code `RequestCancelled`. */
export const CANCELLED = -32_800;
