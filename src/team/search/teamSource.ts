/** A team's index as a source of passages. */
import type { Client } from '@opensearch-project/opensearch';
import type { Hit } from '../../domain/hit.ts';
import { TEAM_FOLDER, teamOfFolder, type TeamServer } from '../../domain/team/team.ts';
import { contributionsOf } from '../../search/explain.ts';
import { passageId, partsOfId } from '../../search/localSource.ts';
import type { PassageSource, RankedHits, SearchPlan } from '../../search/passageSource.ts';
import { keyOfForm } from '../../search/ranking/exactNames.ts';
import { isFar } from '../../search/ranking/farHits.ts';
import type { Constants, Maxima } from '../../search/ranking/fusionConstants.ts';
import { FOLDER_BONUS, NAME_BONUS } from '../../search/ranking/rankNamed.ts';
import { knownShare } from '../../search/ranking/unknownWords.ts';
import { send } from '../client/send.ts';
import { segment, type TeamIndex } from '../client/teamIndexes.ts';
import type { StoredDocument } from '../documents.ts';
import { FeatureNames } from '../features.ts';
import { bestCandidates, pageOf, scored, type Candidate, type CandidateOptions } from './candidates.ts';
import { MeaningTest } from './meaningTest.ts';
import { placeOfDocument } from './placeOfDocument.ts';
import type { TeamQuery } from './scoring.ts';
import { lexicalLimit, Statistics } from './statistics.ts';
import { passageTest, serverFilters } from './teamConditions.ts';

/** What a search had of the server. */
export interface Usage {
  /** Milliseconds that the server says it took, of requests one after the other. */
  took: number;
  dropped: number;
  isCut: boolean;
}

/** Of one index, for as long as its alias names it. */
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
  }

  /** The name that is asked: a filtered alias shows a part of the index. */
  readonly searched: string;

  /** For one search. */
  asked(signal: AbortSignal): AskedSource {
    return new AskedSource(
      { client: this.#client, server: this.#server, index: this.index, searched: this.searched },
      this.#names,
      this.#statistics,
      signal,
    );
  }
}

interface Place {
  readonly client: Client;
  readonly server: TeamServer;
  readonly index: TeamIndex;
  readonly searched: string;
}

/** `teamFolder` in front of a path. */
const UNMAPPED = new RegExp(`^${TEAM_FOLDER}[^/]*/[^/]*/`, 'u');

interface NamedCandidate extends Candidate {
  readonly name: number;
}

export class AskedSource implements PassageSource {
  readonly #place: Place;
  readonly #names: FeatureNames;
  readonly #statistics: Statistics;
  #signal: AbortSignal;
  #prepared: Promise<TeamQuery> | null = null;
  #tests: Promise<Omit<CandidateOptions, 'k' | 'signal'>> | null = null;
  readonly usage: Usage = { took: 0, dropped: 0, isCut: false };

  constructor(place: Place, names: FeatureNames, statistics: Statistics, signal: AbortSignal) {
    this.#place = place;
    this.#names = names;
    this.#statistics = statistics;
    this.#signal = signal;
  }

  /** What is asked from here on ends with this signal. */
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
    // Both maxima are asked for side by side.
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
      this.#named(plan, query, constants, own),
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
      hits.map(hit => this.#hitOf(hit, plan, constants));
    return {
      hits: shown(best.filter(isNear)),
      further: shown(best.filter(hit => !isNear(hit))),
      total: Math.max(best.length, found.total),
    };
  }

  /** As `rankNamed` of the engine: files of that name before all others, those in a folder of that name favoured. */
  async #named(
    plan: SearchPlan,
    query: TeamQuery,
    constants: Constants,
    { filters, test }: Omit<CandidateOptions, 'k' | 'signal'>,
  ): Promise<{ readonly best: readonly NamedCandidate[]; readonly took: number }> {
    const { client, searched } = this.#place;
    const named = keyOfForm(plan.query.normalized);
    if (named === '') return { best: [], took: 0 };
    const key = this.#names.name(named);
    const k = plan.settings.limit;
    const options = { k, test, signal: this.#signal };
    const within = (clause: object): CandidateOptions => ({ ...options, filters: [...filters, clause] });
    const firsts = [{ term: { names: key } }, { term: { number: 0 } }];
    const path = `/${segment(searched)}/_search`;
    const body = { size: k, query: { bool: { filter: [...filters, ...firsts] } } };
    const [files, inFolder, first] = await Promise.all([
      bestCandidates(client, searched, query, constants, within({ term: { names: key } })),
      bestCandidates(client, searched, query, constants, within({ term: { folders: key } })),
      send(client, { method: 'POST', path, body }, { signal: this.#signal }).then(pageOf),
    ]);
    const best: NamedCandidate[] = [];
    const unscored = first.documents
      .filter(document => test === null || test(document))
      .map(document => scored(document, query, { semantic: 0, lexical: 0 }));
    for (const hit of [...files.best, ...unscored])
      if (!best.some(({ document }) => isSameFile(document, hit.document)))
        best.push({ ...hit, name: NAME_BONUS, score: hit.score + NAME_BONUS });
    for (const hit of inFolder.best)
      best.push({ ...hit, name: FOLDER_BONUS, score: hit.score + FOLDER_BONUS });
    return { best, took: Math.max(files.took, inFolder.took, first.took) };
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
      : this.#hitOf({ ...scored(document, query, constants), name: 0 }, plan, constants);
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

  #options(plan: SearchPlan, query: TeamQuery): Promise<Omit<CandidateOptions, 'k' | 'signal'>> {
    this.#tests ??= this.#optionsOf(plan, query);
    return this.#tests;
  }

  async #optionsOf(
    { conditions }: SearchPlan,
    query: TeamQuery,
  ): Promise<Omit<CandidateOptions, 'k' | 'signal'>> {
    const { client, searched } = this.#place;
    const filters = serverFilters(conditions, this.#names);
    const test = passageTest(conditions);
    const away = conditions?.negativeQueries ?? [];
    if (away.length === 0) return { filters, test };
    const meanings = await Promise.all(
      away.map(vector => MeaningTest.open(client, searched, vector, query, this.#signal)),
    );
    return {
      filters,
      fields: meanings.flatMap(({ fields }) => fields),
      test: document => (test === null || test(document)) && !meanings.some(meaning => meaning.has(document)),
    };
  }

  #hitOf(hit: NamedCandidate, plan: SearchPlan, constants: Constants): Hit {
    const { document, score } = hit;
    const { hash, path, passage } = document;
    const { beside: _, ...shown } = passage;
    const contributions = contributionsOf(hit, passage, passage.headings, plan.query, constants);
    const { folder, origin } = placeOfDocument(this.#place.server, document);
    // What is on this machine has the engine's own id; what is not must not be taken for it.
    const id = passageId(hash, passage.start, teamOfFolder(folder) === null ? path : `${folder}/${path}`);
    return { ...shown, id, folder, file: path, score, contributions, origin };
  }
}

function isSame(a: StoredDocument, b: StoredDocument): boolean {
  return isSameFile(a, b) && a.passage.start === b.passage.start;
}

function isSameFile(a: StoredDocument, b: StoredDocument): boolean {
  return a.source === b.source && a.path === b.path;
}
