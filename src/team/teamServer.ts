/** One server of a team, with what is known of its state. */
import type { Client } from '@opensearch-project/opensearch';
import type { TeamAccess } from '../domain/team/team.ts';
import { abortable, isAbort } from '../threads/abort.ts';
import { openClient } from './client/openClient.ts';
import { currentIndex } from './client/teamIndexes.ts';
import { faultOf, TeamFault } from './client/teamFault.ts';
import { TeamSource } from './search/teamSource.ts';

/** Milliseconds that a search waits at most if the server's settings give no limit. */
const WAIT = 2_000;
/** Milliseconds after which an alias is resolved again. */
const INDEX_KEPT_FOR = 15_000;
/** Milliseconds after which a failed server is tried again; meanwhile searches do not wait for it. */
const LEFT_ALONE = 3_000;
const OPEN_LIMIT = 15_000;

interface OpenTeam {
  readonly client: Client;
  readonly source: TeamSource;
}

export class Team {
  readonly access: TeamAccess;
  readonly #log: (line: string) => void;
  #client: Promise<Client> | null = null;
  #open: { readonly at: number; readonly team: Promise<OpenTeam> } | null = null;
  #failed: { readonly at: number; readonly fault: TeamFault } | null = null;

  constructor(access: TeamAccess, log: (line: string) => void) {
    this.access = access;
    this.#log = log;
  }

  get wait(): number {
    return this.access.timeout ?? WAIT;
  }

  /**
   * Rejects at once where it has just failed. The result is shared: a cancelled search does not take it from others.
   */
  open(signal: AbortSignal): Promise<OpenTeam> {
    if (this.#failed !== null && performance.now() - this.#failed.at < LEFT_ALONE)
      return Promise.reject(this.#failed.fault);
    const known = this.#open;
    if (known !== null && performance.now() - known.at < INDEX_KEPT_FOR) return abortable(known.team, signal);
    const team = this.#find(known);
    this.#open = { at: performance.now(), team };
    team.catch(() => {
      if (this.#open?.team === team) this.#open = null;
    });
    return abortable(team, signal);
  }

  async #find(known: { readonly team: Promise<OpenTeam> } | null): Promise<OpenTeam> {
    const searched = this.access.index ?? this.access.name;
    this.#client ??= openClient(this.access);
    this.#client.catch(() => (this.#client = null));
    const client = await this.#client;
    const index = await currentIndex(client, searched, { timeout: OPEN_LIMIT });
    const before = await known?.team.catch(() => null);
    // The statistics of its terms stay useful while it is the same index.
    const source =
      before?.source.index.name === index.name
        ? before.source
        : new TeamSource(client, this.access, index, searched);
    return { client, source };
  }

  /** Rejects with `TeamFault`, also after the time limit, or with `AbortError` where the caller cancelled. */
  async within<T>(limit: number, signal: AbortSignal, work: (own: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const own = new AbortController();
    const stop = (): void => own.abort();
    signal.addEventListener('abort', stop, { once: true });
    const timer = setTimeout(stop, Math.max(1, limit));
    try {
      return await work(own.signal);
    } catch (error) {
      signal.throwIfAborted();
      const fault = isAbort(error)
        ? new TeamFault('slow', `nothing in ${Math.round(limit)} ms`)
        : faultOf(error);
      if (fault instanceof TeamFault) throw fault;
      this.#log(`team server ${this.access.name}: ${fault.stack ?? fault.message}`);
      throw new TeamFault('failed', fault.name);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  failed(fault: TeamFault): void {
    if (this.#failed?.fault === fault) return;
    // Every search reports states; the log has the server's own name for the error.
    if (this.#failed?.fault.message !== fault.message)
      this.#log(`team server ${this.access.name}: ${fault.message}`);
    this.#failed = { at: performance.now(), fault };
    // The index may be another one when the server is back.
    this.#open = null;
  }

  worked(): void {
    if (this.#failed !== null) this.#log(`team server ${this.access.name}: answers again`);
    this.#failed = null;
  }

  async close(): Promise<void> {
    await (await this.#client?.catch(() => null))?.close();
  }
}
