/** A team's index as a source of passages. */
import type { Client } from '@opensearch-project/opensearch';
import type { Hit } from '../../domain/hit.ts';
import { TEAM_FOLDER, type TeamServer } from '../../domain/team/team.ts';
import type { Conditions } from '../../search/filter/passageFilter.ts';
import { partsOfId } from '../../search/localSource.ts';
import type { PassageSource, RankedHits, SearchPlan } from '../../search/passageSource.ts';
import type { RemoteDocument, RemoteStanding } from '../../search/remoteSearch.ts';
import type { LexicalTerm } from '../../search/query/encodedQuery.ts';
import { isFar } from '../../search/ranking/farHits.ts';
import type { Constants, Maxima } from '../../search/ranking/fusionConstants.ts';
import { knownShare } from '../../search/ranking/unknownWords.ts';
import { send } from '../client/send.ts';
import { sendSearches } from '../client/sendSearches.ts';
import { segment, type TeamIndex } from '../client/teamIndexes.ts';
import { FeatureNames } from '../features.ts';
import { KEPT_ONLY } from '../keptDocument.ts';
import { bestOfEach, pageOf, scored, type Candidates } from './candidates.ts';
import { KnownNamesOf } from './knownNames.ts';
import { NamedSearches } from './namedCandidates.ts';
import { newestDocuments } from './newestDocuments.ts';
import { byDimension, type ChannelWeights, type TeamQuery } from './scoring.ts';
import { opened } from './servedPassage.ts';
import { standingOfDocument } from './standing.ts';
import { lexicalLimit, Statistics, type WeighedTerms } from './statistics.ts';
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
    this.#statistics = new Statistics(this.#names);
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
  /** Whether some file or folder has the query's name; null until the server has said. */
  #isNamed: boolean | null = null;
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
    const { channel } = plan.settings;
    const early = await this.#prepare(plan);
    const query = await this.#query(plan);
    const [semantic, lexical] = await this.#largest(plan, query, [
      early === null && channel !== 'lexical' ? { semantic: 1, lexical: 0 } : null,
      channel === 'semantic' ? null : { semantic: 0, lexical: 1 },
    ]);
    return {
      semantic: early ?? semantic!,
      lexical: lexical!,
      semanticLimit: query.semantic.reduce((sum, { weight }) => sum + weight * weight, 0),
      lexicalLimit: lexicalLimit(query.lexical),
      known: knownShare(query.semantic),
    };
  }

  /**
   * Asks for the statistics of the query's terms, and in the same request for what needs none of them: the largest
   * semantic score, which it resolves to. Null where there was nothing to ask, or conditions need to be opened first.
   */
  async #prepare(plan: SearchPlan): Promise<number | null> {
    const terms = termsOf(plan);
    const isMeant = (plan.conditions?.negativeQueries ?? []).length > 0;
    if (this.#prepared !== null || isMeant || this.#statistics.known(terms) !== null) return null;
    const unweighed = this.#queryOf(plan, { collection: { passages: 0, averageLength: 0 }, weighed: [] });
    const asked = this.#statistics.request(terms);
    const weights = plan.settings.channel === 'lexical' ? null : { semantic: 1, lexical: 0 };
    const [semantic] = await this.#largest(plan, unweighed, [weights], asked.body, answer => {
      this.#prepared = Promise.resolve(this.#queryOf(plan, asked.accept(answer)));
    });
    return semantic!;
  }

  /** The largest score by each of these weights, 0 for none; `more` is asked in the same request. */
  async #largest(
    plan: SearchPlan,
    query: TeamQuery,
    wanted: readonly (ChannelWeights | null)[],
    more?: object,
    onMore?: (answer: unknown) => void,
  ): Promise<readonly number[]> {
    const own = await this.#options(plan, query);
    const named = this.#isNamed === null ? NamedSearches.of(plan, this.#names, own) : null;
    const searches = wanted.flatMap(weights =>
      weights === null ? [] : [{ ...own, k: 1, query, weights, isForScore: true }],
    );
    const others = [...(more === undefined ? [] : [more]), ...(named === null ? [] : [named.probe])];
    const { found, answers, took } = await bestOfEach(this.#place, searches, this.#signal, others);
    this.usage.took += took;
    if (more !== undefined) onMore?.(answers[0]);
    if (named !== null) this.#isNamed = named.isAny(answers.at(-1));
    let next = 0;
    return wanted.map(weights => (weights === null ? 0 : found[next++]!.largest));
  }

  /** Explains no hit that scores less than `bar`, for it takes longer than finding it. */
  async rankWith(plan: SearchPlan, constants: Constants, bar?: Promise<number>): Promise<RankedHits> {
    const query = await this.#query(plan);
    const own = await this.#options(plan, query);
    const { limit, floor } = plan.settings;
    const named = this.#isNamed === false ? null : NamedSearches.of(plan, this.#names, own);
    const searches = [
      { ...own, k: limit, counts: true, query, weights: constants },
      ...(named?.searches(limit, query, constants) ?? []),
    ];
    const others = named === null ? [] : [named.firsts(limit)];
    const { found: all, answers, took } = await bestOfEach(this.#place, searches, this.#signal, others);
    const [found, files, inFolder] = all as readonly [Candidates, Candidates, Candidates];
    this.usage.took += took;
    this.usage.dropped += found.dropped;
    this.usage.isCut ||= found.isCut;
    const firsts = named?.best(files, inFolder, answers[0], query) ?? [];
    const hits: NamedCandidate[] = [];
    for (const hit of [...firsts, ...found.best.map(each => ({ ...each, name: 0 }))])
      if (!hits.some(({ document }) => isSame(document, hit.document))) hits.push(hit);
    const best = hits.sort((a, b) => b.score - a.score).slice(0, limit);
    const least = floor * Math.max(0, ...best.map(({ score, name }) => score - name));
    const wanted = (await bar) ?? 0;
    const kept = best.filter(({ score }) => score >= wanted);
    const isNear = (hit: NamedCandidate): boolean => hit.score >= least && !isFar(hit, plan.query);
    const shown = (near: readonly NamedCandidate[]): Hit[] =>
      near.map(hit => hitOf(this.#place.server, hit, plan, constants));
    return {
      hits: shown(kept.filter(isNear)),
      further: shown(kept.filter(hit => !isNear(hit))),
      total: Math.max(best.length, found.total),
    };
  }

  /** For a plan without words. */
  async newest(plan: SearchPlan): Promise<RankedHits> {
    const own = await this.#options(plan, await this.#query(plan));
    const { limit } = plan.settings;
    const found = await newestDocuments(this.#place, { ...own, k: limit }, this.#signal);
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
    const ready = await Promise.all(conditions.map(each => this.#open(each, query)));
    const place = this.#place;
    const { best, ...standing } = await standingOfDocument(
      place,
      document,
      query,
      constants,
      ready,
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
      ...KEPT_ONLY,
      query: { bool: { filter: [{ term: { hash } }, { term: { path } }] } },
    };
    const request = { method: 'POST', path: `/${segment(searched)}/_search`, body } as const;
    const { passages } = pageOf(await send(client, request, { signal: this.#signal }));
    const found = opened(passages).find(({ document }) => document.passage.start === start);
    if (found === undefined) return null;
    const hit = { ...scored(found, query, constants), document: found.document, name: 0 };
    return hitOf(this.#place.server, hit, plan, constants);
  }

  #query(plan: SearchPlan): Promise<TeamQuery> {
    this.#prepared ??= this.#ask(plan);
    return this.#prepared;
  }

  async #ask(plan: SearchPlan): Promise<TeamQuery> {
    const terms = termsOf(plan);
    const known = this.#statistics.known(terms);
    if (known !== null) return this.#queryOf(plan, known);
    const { client, searched } = this.#place;
    const { body, accept } = this.#statistics.request(terms);
    const { took, answers } = await sendSearches(client, searched, [body], { signal: this.#signal });
    this.usage.took += took;
    return this.#queryOf(plan, accept(answers[0]));
  }

  #queryOf({ query, settings }: SearchPlan, { collection, weighed }: WeighedTerms): TeamQuery {
    const { averageLength } = this.#place.index.meta;
    const semantic = settings.channel === 'lexical' ? [] : byDimension(query.semantic);
    return { semantic, lexical: weighed, collection, averageLength };
  }

  #options({ conditions }: SearchPlan, query: TeamQuery): Promise<OpenConditions> {
    this.#tests ??= this.#open(conditions, query);
    return this.#tests;
  }

  #open(conditions: Conditions | undefined, query: TeamQuery): Promise<OpenConditions> {
    return openConditions(this.#place, conditions, query, this.#names, this.#signal);
  }
}

function termsOf({ query, settings }: SearchPlan): readonly LexicalTerm[] {
  return settings.channel === 'semantic' ? [] : query.lexical;
}
