/** A team's index as a source of passages. */
import type { Client } from '@opensearch-project/opensearch';
import type { Hit } from '../../domain/hit.ts';
import { TEAM_FOLDER, type TeamServer } from '../../domain/team/team.ts';
import type { Conditions } from '../../search/filter/passageFilter.ts';
import { partsOfId } from '../../search/localSource.ts';
import type { PassageSource, RankedHits, SearchPlan } from '../../search/passageSource.ts';
import type { RemoteDocument, RemoteStanding } from '../../search/remoteSearch.ts';
import { isFar } from '../../search/ranking/farHits.ts';
import type { Constants, Maxima } from '../../search/ranking/fusionConstants.ts';
import { knownShare } from '../../search/ranking/unknownWords.ts';
import { send } from '../client/send.ts';
import { segment, type TeamIndex } from '../client/teamIndexes.ts';
import { FeatureNames } from '../features.ts';
import { bestCandidates, pageOf, scored } from './candidates.ts';
import { KnownNamesOf } from './knownNames.ts';
import { namedCandidates } from './namedCandidates.ts';
import { newestDocuments } from './newestDocuments.ts';
import type { TeamQuery } from './scoring.ts';
import { standingOfDocument } from './standing.ts';
import { lexicalLimit, Statistics } from './statistics.ts';
import { openConditions, type OpenConditions } from './teamConditions.ts';
import { hitOf, isSame, type NamedCandidate, type SearchedIndex } from './teamHits.ts';

/** The answer that a search got from the server. */
export interface Usage {
  /** Milliseconds that the server reports, for requests one after the other. */
  took: number;
  dropped: number;
  isCut: boolean;
}

/** The statistics of one index, for as long as its alias names it. */
export class TeamSource {
  readonly index: TeamIndex;
  readonly #client: Client;
  readonly #server: TeamServer;
  readonly #names: FeatureNames;
  readonly #statistics: Statistics;

  constructor(client: Client, server: TeamServer, index: TeamIndex, searched: string) {
    this.index = index;
    this.#client = client;
    this.#server = server;
    this.#names = new FeatureNames(index.meta.salt);
    this.#statistics = new Statistics(client, searched, this.#names);
    this.searched = searched;
    this.knownNames = new KnownNamesOf({ client, searched });
  }

  readonly knownNames: KnownNamesOf;
  /** The searched name: a filtered alias shows only a part of the index. */
  readonly searched: string;

  /** The source for one search. */
  asked(signal: AbortSignal): AskedSource {
    return new AskedSource(
      { client: this.#client, server: this.#server, index: this.index, searched: this.searched },
      this.#names,
      this.#statistics,
      signal,
    );
  }
}

interface Place extends SearchedIndex {
  readonly server: TeamServer;
  readonly index: TeamIndex;
}

/** `teamFolder` before a path. */
const UNMAPPED = new RegExp(`^${TEAM_FOLDER}[^/]*/[^/]*/`, 'u');

export class AskedSource implements PassageSource {
  readonly #place: Place;
  readonly #names: FeatureNames;
  readonly #statistics: Statistics;
  #signal: AbortSignal;
  #prepared: Promise<TeamQuery> | null = null;
  #tests: Promise<OpenConditions> | null = null;
  readonly usage: Usage = { took: 0, dropped: 0, isCut: false };

  constructor(place: Place, names: FeatureNames, statistics: Statistics, signal: AbortSignal) {
    this.#place = place;
    this.#names = names;
    this.#statistics = statistics;
    this.#signal = signal;
  }

  /** Requests from here on end with this signal. */
  within(signal: AbortSignal): this {
    this.#signal = signal;
    return this;
  }

  async maxima(plan: SearchPlan): Promise<Maxima> {
    const query = await this.#query(plan);
    const { channel } = plan.settings;
    const [semantic, lexical] = await Promise.all([
      channel === 'lexical' ? 0 : this.#largest(plan, query, { semantic: 1, lexical: 0 }),
      channel === 'semantic' ? 0 : this.#largest(plan, query, { semantic: 0, lexical: 1 }),
    ]);
    return {
      semantic,
      lexical,
      semanticLimit: query.semantic.reduce((sum, { weight }) => sum + weight * weight, 0),
      lexicalLimit: lexicalLimit(query.lexical),
      known: knownShare(query.semantic),
    };
  }

  async #largest(
    plan: SearchPlan,
    query: TeamQuery,
    weights: { readonly semantic: number; readonly lexical: number },
  ): Promise<number> {
    const { client, searched } = this.#place;
    const options = { ...(await this.#options(plan, query)), k: 1, signal: this.#signal };
    const found = await bestCandidates(client, searched, query, weights, options);
    // Both maxima are requested side by side.
    this.usage.took += found.took / 2;
    return found.best[0]?.score ?? 0;
  }

  async rankWith(plan: SearchPlan, constants: Constants): Promise<RankedHits> {
    const { client, searched } = this.#place;
    const query = await this.#query(plan);
    const own = await this.#options(plan, query);
    const { limit, floor } = plan.settings;
    const [found, named] = await Promise.all([
      bestCandidates(client, searched, query, constants, {
        ...own,
        k: limit,
        counts: true,
        signal: this.#signal,
      }),
      namedCandidates(this.#place, { plan, query, names: this.#names }, constants, own, this.#signal),
    ]);
    this.usage.took += Math.max(found.took, named.took);
    this.usage.dropped += found.dropped;
    this.usage.isCut ||= found.isCut;
    const all: NamedCandidate[] = [];
    for (const hit of [...named.best, ...found.best.map(each => ({ ...each, name: 0 }))])
      if (!all.some(({ document }) => isSame(document, hit.document))) all.push(hit);
    const best = all.sort((a, b) => b.score - a.score).slice(0, limit);
    const least = floor * Math.max(0, ...best.map(({ score, name }) => score - name));
    const isNear = (hit: NamedCandidate): boolean => hit.score >= least && !isFar(hit, plan.query);
    const shown = (hits: readonly NamedCandidate[]): Hit[] =>
      hits.map(hit => hitOf(this.#place.server, hit, plan, constants));
    return {
      hits: shown(best.filter(isNear)),
      further: shown(best.filter(hit => !isNear(hit))),
      total: Math.max(best.length, found.total),
    };
  }

  /** For a plan without words. */
  async newest(plan: SearchPlan): Promise<RankedHits> {
    const own = await this.#options(plan, await this.#query(plan));
    const { limit } = plan.settings;
    const found = await newestDocuments(this.#place, { ...own, k: limit, signal: this.#signal });
    this.usage.took += found.took;
    this.usage.dropped += found.dropped;
    this.usage.isCut ||= found.isCut;
    const hits = found.documents.map(document => hitOf(this.#place.server, { document }, plan, null));
    return { hits, further: [], total: found.total };
  }

  async standing(
    plan: SearchPlan,
    constants: Constants,
    document: RemoteDocument,
    conditions: readonly Conditions[],
  ): Promise<RemoteStanding> {
    const query = await this.#query(plan);
    const opened = await Promise.all(conditions.map(each => this.#open(each, query)));
    const place = this.#place;
    const { best, ...standing } = await standingOfDocument(
      place,
      document,
      query,
      constants,
      opened,
      this.#signal,
    );
    return {
      ...standing,
      best: best === null ? null : hitOf(place.server, { ...best, name: 0 }, plan, constants),
    };
  }

  async explain(plan: SearchPlan, constants: Constants, id: string): Promise<Hit | null> {
    const { client, searched } = this.#place;
    const [hash, start, named] = partsOfId(id);
    const path = named.replace(UNMAPPED, '');
    const query = await this.#query(plan);
    const body = {
      size: 50,
      query: { bool: { filter: [{ term: { hash } }, { term: { path } }] } },
    };
    const request = { method: 'POST', path: `/${segment(searched)}/_search`, body } as const;
    const { documents } = pageOf(await send(client, request, { signal: this.#signal }));
    const document = documents.find(({ passage }) => passage.start === start);
    return document === undefined
      ? null
      : hitOf(this.#place.server, { ...scored(document, query, constants), name: 0 }, plan, constants);
  }

  #query({ query, settings: { channel } }: SearchPlan): Promise<TeamQuery> {
    const terms = channel === 'semantic' ? [] : query.lexical;
    this.#prepared ??= this.#statistics.of(terms, this.#signal).then(({ collection, weighed, took }) => {
      this.usage.took += took;
      const { averageLength } = this.#place.index.meta;
      const semantic = channel === 'lexical' ? [] : query.semantic;
      return { semantic, lexical: weighed, collection, averageLength };
    });
    return this.#prepared;
  }

  #options({ conditions }: SearchPlan, query: TeamQuery): Promise<OpenConditions> {
    this.#tests ??= this.#open(conditions, query);
    return this.#tests;
  }

  #open(conditions: Conditions | undefined, query: TeamQuery): Promise<OpenConditions> {
    return openConditions(this.#place, conditions, query, this.#names, this.#signal);
  }
}
