/**
 * The team servers of one caller, asked beside the local search: each has a time in which to answer, one that has failed
 * is left alone for a while, and nothing that a server does is more than a line about it.
 */
import type { Client } from '@opensearch-project/opensearch';
import type { DocumentPassage, DocumentText } from '../domain/document.ts';
import type { TeamAccess, TeamAnswer, TeamState } from '../domain/team/team.ts';
import type { RankedHits, SearchPlan } from '../search/passageSource.ts';
import type { Constants, Maxima } from '../search/ranking/fusionConstants.ts';
import type { RemoteDocument, RemoteSearch, RemoteSources } from '../search/remoteSearch.ts';
import { abortable, isAbort } from '../threads/abort.ts';
import { openClient } from './client/openClient.ts';
import { currentIndex } from './client/teamIndexes.ts';
import { faultOf, TeamFault } from './client/teamFault.ts';
import { passagesOfDocument, textOfDocument } from './search/storedDocument.ts';
import { TeamSource, type AskedSource } from './search/teamSource.ts';

/** Milliseconds that a search waits at most, where the server's settings say nothing. */
const WAIT = 2_000;
/** An alias may name another index by now. */
const INDEX_KEPT_FOR = 15_000;
/** A server that has failed is asked again after this; meanwhile searches don't wait for it. */
const LEFT_ALONE = 3_000;
const DOCUMENT_LIMIT = 15_000;
const OPEN_LIMIT = 15_000;

export class Teams implements RemoteSources {
  readonly #servers: ReadonlyMap<string, Team>;

  constructor(servers: readonly TeamAccess[], log: (line: string) => void) {
    this.#servers = new Map(servers.map(access => [access.name, new Team(access, log)]));
  }

  get isEmpty(): boolean {
    return this.#servers.size === 0;
  }

  begin(plan: SearchPlan, fingerprint: string, signal: AbortSignal): RemoteSearch {
    return new TeamsSearch([...this.#servers.values()], plan, fingerprint, signal);
  }

  async document(request: RemoteDocument, signal: AbortSignal): Promise<DocumentText> {
    const team = this.#servers.get(request.team);
    if (team === undefined) return { problem: 'vanished' };
    return team.within(DOCUMENT_LIMIT, signal, async own => {
      const { client, source } = await team.open(own);
      return textOfDocument(client, source.searched, request, own);
    });
  }

  async passages(request: RemoteDocument, signal: AbortSignal): Promise<readonly DocumentPassage[]> {
    const team = this.#servers.get(request.team);
    if (team === undefined) return [];
    return team.within(DOCUMENT_LIMIT, signal, async own => {
      const { client, source } = await team.open(own);
      return passagesOfDocument(client, source.searched, request, own);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map(team => team.close()));
  }
}

interface OpenTeam {
  readonly client: Client;
  readonly source: TeamSource;
}

/** One server, with what is known of it. */
class Team {
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

  /** Rejects at once where it has just failed. Shared: one search that is given up takes it from no other. */
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
    // What is known of its terms goes on being of use while it is the same index.
    const source =
      before?.source.index.name === index.name
        ? before.source
        : new TeamSource(client, this.access, index, searched);
    return { client, source };
  }

  /** Rejects with `TeamFault`, also where the time is over, or with `AbortError` where the caller gave up. */
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
    // States are told by every search; the log has what the server called it.
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

class TeamsSearch implements RemoteSearch {
  readonly #asked: readonly AskedTeam[];
  readonly #maxima: Promise<readonly (Maxima | null)[]>;

  constructor(teams: readonly Team[], plan: SearchPlan, fingerprint: string, signal: AbortSignal) {
    this.#asked = teams.map(team => new AskedTeam(team, plan, fingerprint, signal));
    this.#maxima = Promise.all(this.#asked.map(asked => asked.maxima()));
    // Who asks may have gone by then.
    this.#maxima.catch(() => undefined);
  }

  async maxima(): Promise<readonly Maxima[]> {
    return (await this.#maxima).filter(maxima => maxima !== null);
  }

  async rankWith(constants: Constants): Promise<readonly RankedHits[]> {
    const ranked = await Promise.all(this.#asked.map(asked => asked.rankWith(constants)));
    return ranked.filter(hits => hits !== null);
  }

  answers(): readonly TeamAnswer[] {
    return this.#asked.map(asked => asked.answer);
  }
}

/** One server in one search. */
class AskedTeam {
  readonly #team: Team;
  readonly #plan: SearchPlan;
  readonly #fingerprint: string;
  readonly #signal: AbortSignal;
  readonly #started = performance.now();
  #source: AskedSource | null = null;
  #state: TeamState = 'answered';
  #model: string | null = null;
  #milliseconds = 0;

  constructor(team: Team, plan: SearchPlan, fingerprint: string, signal: AbortSignal) {
    this.#team = team;
    this.#plan = plan;
    this.#fingerprint = fingerprint;
    this.#signal = signal;
  }

  maxima(): Promise<Maxima | null> {
    return this.#attempt(async own => {
      const { source } = await this.#team.open(own);
      const { meta } = source.index;
      const needsModel = this.#plan.query.semantic.length > 0;
      if (needsModel && meta.fingerprint !== this.#fingerprint) {
        this.#model = meta.model.name;
        throw new TeamFault('otherModel', meta.model.name);
      }
      this.#source = source.asked(own);
      return this.#source.maxima(this.#plan);
    });
  }

  async rankWith(constants: Constants): Promise<RankedHits | null> {
    const source = this.#source;
    if (this.#state !== 'answered' || source === null) return null;
    const ranked = await this.#attempt(own => source.within(own).rankWith(this.#plan, constants));
    if (ranked !== null) this.#team.worked();
    return ranked;
  }

  async #attempt<T>(work: (own: AbortSignal) => Promise<T>): Promise<T | null> {
    const left = this.#team.wait - (performance.now() - this.#started);
    try {
      return await this.#team.within(left, this.#signal, work);
    } catch (error) {
      if (!(error instanceof TeamFault)) throw error;
      this.#state = error.state;
      if (error.state !== 'otherModel') this.#team.failed(error);
      return null;
    } finally {
      this.#milliseconds = performance.now() - this.#started;
    }
  }

  get answer(): TeamAnswer {
    return {
      name: this.#team.access.name,
      state: this.#state,
      milliseconds: this.#milliseconds,
      serverMilliseconds: this.#source?.usage.took ?? 0,
      model: this.#model,
      isCut: this.#source?.usage.isCut ?? false,
    };
  }
}
