/** A connection to the engine of a store that stays: finds the engine or starts one, and again where it dies. */
import type net from 'node:net';
import {
  CancellationTokenSource,
  RequestType0,
  ResponseError,
  type CancellationToken,
  type MessageConnection,
  type NotificationType,
  type RequestType,
} from 'vscode-jsonrpc/node';
import type { EngineStatus } from '../domain/engineStatus.ts';
import type { AskOptions } from '../domain/engine.ts';
import type { FolderRequest } from '../domain/folder.ts';
import type { TeamAccess } from '../domain/team/team.ts';
import type { IndexingSettings } from '../domain/indexing.ts';
import * as protocol from './protocol.ts';
import { connectSocket, secretOf, socketPath } from './endpoint.ts';
import { askToLeave, isNewer, isOurs, meet, type Greeted, type Meeting } from './greeting.ts';
import { delay, startEngine, type StartOptions } from './startEngine.ts';
import { EngineGoneError, type ConnectionState } from './engineClient.ts';
import { engineMessage } from '../errors/engineMessages.ts';
import { UserError } from '../errors/userError.ts';
import { Listeners } from '../async/listeners.ts';
import { hangUp, unlessClosed } from './closedConnection.ts';
import { CANCELLED, USER_ERROR } from './serve.ts';
import { defaultStorePath } from './storePath.ts';
import { abortError } from '../threads/abort.ts';

export interface ConnectOptions extends StartOptions {
  /** Where the indexes live; null for the user's cache folder. */
  readonly storePath: string | null;
}

/** Number of crashes within `CRASH_WINDOW` after which no other start is tried: it would not help. */
const MAX_CRASHES = 4;
const CRASH_WINDOW = 120_000;
/** Milliseconds within which an engine must be found that stays; engines that are just ending close the connection. */
const CONNECT_LIMIT = 30_000;
const CONNECT_PAUSE = 100;
/** Milliseconds for an engine that was asked to leave, and for one whose key was just being made. */
const LEAVE_WAIT = 500;

/** An error whose message is for the user, already in their language. */
export class EngineUserError extends Error {
  override readonly name = 'EngineUserError';
}

export class EngineConnection {
  readonly #options: ConnectOptions;
  readonly #store: string;
  readonly onStatus = new Listeners<EngineStatus>();
  readonly onIndexChanged = new Listeners<void>();
  readonly onState = new Listeners<ConnectionState>();
  #state: ConnectionState = { state: 'connecting' };
  #folders: readonly FolderRequest[] = [];
  #teams: readonly TeamAccess[] = [];
  /** Connections whose engine has announced its end. */
  readonly #leaving = new WeakSet<MessageConnection>();
  #connecting: Promise<MessageConnection> | null = null;
  #crashes: number[] = [];
  #indexing: IndexingSettings | null = null;
  #disposed = false;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.#store = options.storePath ?? defaultStorePath();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    this.onState.fire(state);
  }

  /** These are opened first of all on every connection to come. */
  remember(folders: readonly FolderRequest[]): void {
    this.#folders = folders;
  }

  /** Likewise these team servers. */
  rememberTeams(servers: readonly TeamAccess[]): void {
    this.#teams = servers;
  }

  /** Every engine to come is told. */
  rememberIndexing(settings: IndexingSettings): void {
    this.#indexing = settings;
  }

  /** The live connection; starts an engine where there is none. */
  #connection(): Promise<MessageConnection> {
    if (this.#disposed) return Promise.reject(new EngineGoneError('disposed'));
    if (this.#state.state === 'failed') return Promise.reject(new EngineUserError(this.#state.message));
    this.#connecting ??= this.#connect().catch((error: unknown) => {
      this.#connecting = null;
      const message = this.#messageOf(error);
      this.#options.log(`engine: ${String(error)}`);
      this.#enter({ state: 'failed', message });
      throw new EngineUserError(message);
    });
    return this.#connecting;
  }

  async #connect(): Promise<MessageConnection> {
    const started = Date.now();
    for (let told = false; ;) {
      const socket = (await connectSocket(this.#store)) ?? (await startEngine(this.#store, this.#options));
      const meeting = socket === null ? null : this.#meet(socket);
      try {
        if (meeting === null) throw new EngineGoneError('the engine ended');
        const { connection } = meeting;
        const greeted = await meeting.greeted;
        if (isOurs(greeted, this.#options.version)) {
          await this.#reopen(connection);
          connection.onClose(() => this.#lost(connection));
          this.#enter({ state: 'ready' });
          return connection;
        }
        // An update was installed while another window still runs the old engine: the newer one wins.
        if (told || isNewer(greeted, this.#options.version)) throw this.#refusal(greeted);
        told = true;
        await askToLeave(connection, greeted);
        await delay(LEAVE_WAIT);
        meeting.part();
      } catch (error) {
        meeting?.part();
        if (error instanceof EngineUserError || error instanceof ResponseError) throw error;
        // The engine was just ending: the next attempt finds its successor, or starts one.
        if (Date.now() - started > CONNECT_LIMIT) throw error;
        await delay(CONNECT_PAUSE);
      }
    }
  }

  /** Opens the folders again before anything else is asked: a search on a new connection must find them open. */
  async #reopen(connection: MessageConnection): Promise<void> {
    if (this.#teams.length > 0)
      await unlessClosed(connection, connection.sendRequest(protocol.UseTeamsRequest, this.#teams));
    const { IndexingSettingsNotification } = protocol;
    if (this.#indexing !== null)
      await unlessClosed(
        connection,
        connection.sendNotification(IndexingSettingsNotification, this.#indexing),
      );
    if (this.#folders.length === 0) return;
    const opening = connection.sendRequest(protocol.OpenFoldersRequest, this.#folders);
    await unlessClosed(connection, opening).catch((error: unknown) => {
      // A folder that can't be opened must not leave the client without an engine; `openFolders` tells its caller.
      if (!(error instanceof ResponseError)) throw error;
      this.#options.log(`engine: ${error.message}`);
    });
  }

  #meet(socket: net.Socket): Meeting {
    const { version, language } = this.#options;
    const trusted = (connection: MessageConnection): void => this.#listen(connection);
    return meet(socket, { version, language, secret: () => secretOf(this.#store), trusted });
  }

  #refusal(greeted: Greeted): EngineUserError {
    return new EngineUserError(
      greeted.who === 'engine'
        ? this.#message('engineVersion', greeted.hello.version)
        : this.#message('engineStranger', socketPath(this.#store)),
    );
  }

  #listen(connection: MessageConnection): void {
    connection.onNotification(protocol.StatusNotification, status => this.onStatus.fire(status));
    connection.onNotification(protocol.IndexChangedNotification, () => this.onIndexChanged.fire());
    connection.onNotification(protocol.LogNotification, line => this.#options.log(`engine: ${line}`));
    connection.onNotification(protocol.LeavingNotification, () => void this.#leaving.add(connection));
  }

  /** Starts the engine again after it died, unless it keeps dying. */
  #lost(connection: MessageConnection): void {
    connection.dispose();
    this.#connecting = null;
    if (this.#disposed) return;
    if (this.#leaving.has(connection)) this.#options.log('the engine ended on purpose');
    else this.#countCrash();
    if (this.#crashes.length >= MAX_CRASHES) {
      this.#enter({ state: 'failed', message: this.#message('engineCrashed', `${MAX_CRASHES}×`) });
      return;
    }
    this.#enter({ state: 'restarting' });
    this.#connection().catch(() => undefined);
  }

  #countCrash(): void {
    const now = Date.now();
    this.#crashes = [...this.#crashes.filter(time => now - time < CRASH_WINDOW), now];
    this.#options.log(`engine lost (${this.#crashes.length} of ${MAX_CRASHES})`);
  }

  #messageOf(error: unknown): string {
    if (error instanceof EngineUserError) return error.message;
    if (error instanceof UserError) return this.#message(error.code, error.subject);
    return this.#message('engineCrashed', String(error));
  }

  #message(code: Parameters<typeof engineMessage>[1], subject: string): string {
    return engineMessage(this.#options.language, code, subject);
  }

  /**
   * Sends a request. It rejects with `EngineGoneError` if the engine dies, and with `EngineUserError` for the engine's
   * own messages. An engine that ends on purpose leaves it unanswered: then the next engine is asked.
   */
  async #ask<T>(send: (connection: MessageConnection) => Promise<T>): Promise<T> {
    for (;;) {
      const connection = await this.#connection();
      try {
        // A connection that has closed by now throws synchronously.
        const answer = Promise.resolve().then(() => send(connection));
        return await unlessClosed(connection, answer);
      } catch (error) {
        if (error instanceof ResponseError && error.code === CANCELLED) throw abortError();
        if (error instanceof ResponseError && error.code === USER_ERROR)
          throw new EngineUserError(error.message);
        const hasLeft = error instanceof EngineGoneError && this.#leaving.has(connection);
        if (!hasLeft || this.#disposed) throw error;
      }
    }
  }

  /** Does the same as `#ask`, and passes the signal on to the engine. */
  async cancellable<T>(
    signal: AbortSignal | undefined,
    send: (connection: MessageConnection, cancellation: CancellationToken) => Promise<T>,
  ): Promise<T> {
    if (signal?.aborted === true) throw abortError();
    const source = new CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#ask(connection => send(connection, source.token));
    } finally {
      signal?.removeEventListener('abort', cancel);
      source.dispose();
    }
  }

  /** Asks, and waits until the answer or the signal. */
  request<P, R>(
    type: RequestType<P, R, void> | RequestType0<R, void>,
    params: P,
    { signal }: AskOptions = {},
  ): Promise<R> {
    return this.cancellable(signal, (connection, cancellation) =>
      type instanceof RequestType0
        ? connection.sendRequest<R>(type.method, cancellation)
        : connection.sendRequest<R>(type.method, params, cancellation),
    );
  }

  /** Tells the engine something that needs no answer; nothing is told where there is none. */
  notify<P>(type: NotificationType<P>, params: P): void {
    if (this.#state.state !== 'ready') return;
    this.#connection()
      .then(connection => connection.sendNotification(type.method, params))
      .catch((error: unknown) => this.#options.log(`engine: ${String(error)}`));
  }

  /** Tries again where it has given up. */
  async restart(): Promise<void> {
    this.#crashes = [];
    if (this.#state.state === 'failed') this.#enter({ state: 'connecting' });
    await this.#connection();
  }

  dispose(): void {
    this.#disposed = true;
    void this.#connecting?.then(
      connection => hangUp(connection),
      () => undefined,
    );
  }
}
