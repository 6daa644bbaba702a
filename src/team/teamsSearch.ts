/** One search of a caller's team servers, side by side. */
import type { TeamAnswer, TeamState } from '../domain/team/team.ts';
import type { Conditions } from '../search/filter/passageFilter.ts';
import { isConditional, type RankedHits, type SearchPlan } from '../search/passageSource.ts';
import type { Constants, Maxima } from '../search/ranking/fusionConstants.ts';
import type { RemoteDocument, RemoteSearch, RemoteStanding } from '../search/remoteSearch.ts';
import { TeamFault } from './client/teamFault.ts';
import type { AskedSource } from './search/teamSource.ts';
import type { Team } from './teamServer.ts';

export class TeamsSearch implements RemoteSearch {
  readonly #asked: readonly AskedTeam[];
  /** Started at once: whoever asks for them ranks what is here meanwhile. */
  readonly #maxima: Promise<readonly (Maxima | null)[]>;
  readonly #newest: Promise<readonly (RankedHits | null)[]>;

  constructor(teams: readonly Team[], plan: SearchPlan, fingerprint: string, signal: AbortSignal) {
    this.#asked = teams.map(team => new AskedTeam(team, plan, fingerprint, signal));
    const hasNoWords = isConditional(plan);
    this.#maxima = Promise.all(hasNoWords ? [] : this.#asked.map(asked => asked.maxima()));
    this.#newest = Promise.all(hasNoWords ? this.#asked.map(asked => asked.newest()) : []);
    // The caller may have gone by then.
    for (const begun of [this.#maxima, this.#newest]) begun.catch(() => undefined);
  }

  async maxima(): Promise<readonly Maxima[]> {
    return (await this.#maxima).filter(maxima => maxima !== null);
  }

  async rankWith(constants: Constants, bar: Promise<number>): Promise<readonly RankedHits[]> {
    const ranked = await Promise.all(this.#asked.map(asked => asked.rankWith(constants, bar)));
    return ranked.filter(hits => hits !== null);
  }

  async newest(): Promise<readonly RankedHits[]> {
    return (await this.#newest).filter(hits => hits !== null);
  }

  async standing(
    document: RemoteDocument,
    constants: Constants,
    conditions: readonly Conditions[],
  ): Promise<RemoteStanding | null> {
    const asked = this.#asked.find(({ answer }) => answer.name === document.team);
    return (await asked?.standing(document, constants, conditions)) ?? null;
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
    return this.#attempt(async own => (await this.#open(own)).maxima(this.#plan));
  }

  async newest(): Promise<RankedHits | null> {
    const found = await this.#attempt(async own => (await this.#open(own)).newest(this.#plan));
    if (found !== null) this.#team.worked();
    return found;
  }

  async #open(own: AbortSignal): Promise<AskedSource> {
    const { source } = await this.#team.open(own);
    const { meta } = source.index;
    const { query, conditions } = this.#plan;
    const needsModel = query.semantic.length > 0 || (conditions?.negativeQueries ?? []).length > 0;
    if (needsModel && meta.fingerprint !== this.#fingerprint) {
      this.#model = meta.model.name;
      throw new TeamFault('otherModel', meta.model.name);
    }
    this.#source = source.asked(own);
    return this.#source;
  }

  standing(
    document: RemoteDocument,
    constants: Constants,
    conditions: readonly Conditions[],
  ): Promise<RemoteStanding | null> {
    return this.#attempt(async own => {
      const source = this.#source?.within(own) ?? (await this.#open(own));
      return source.standing(this.#plan, constants, document, conditions);
    });
  }

  async rankWith(constants: Constants, bar: Promise<number>): Promise<RankedHits | null> {
    const source = this.#source;
    if (this.#state !== 'answered' || source === null) return null;
    const ranked = await this.#attempt(own => source.within(own).rankWith(this.#plan, constants, bar));
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
