/**
 * The exact best passages of a server. The client requests more than are wanted, scores these again, and requests more
 * while an unseen passage could be among the best.
 */
import * as v from 'valibot';
import { sendSearches } from '../client/sendSearches.ts';
import { TeamFault } from '../client/teamFault.ts';
import { StoredDocument } from '../documents.ts';
import { KEPT_ONLY, KeptReader } from '../keptDocument.ts';
import { clausesOf, exactScore, slackOf } from './scoring.ts';
import type { ChannelWeights, ExactScore, TeamQuery } from './scoring.ts';
import type { SearchedIndex } from './teamHits.ts';

export interface Candidate extends ExactScore {
  readonly document: StoredDocument;
  /** The score by the weights of the request. */
  readonly score: number;
}

export interface Candidates {
  /** Hits, best first. */
  readonly best: readonly Candidate[];
  /** Number of passages that the server counts; with conditions that it cannot check, only those that it could. */
  readonly total: number;
  /** Number of invalid answers. */
  readonly dropped: number;
  /** There may be better passages among those that were not checked. */
  readonly isCut: boolean;
}

export interface CandidateOptions {
  readonly k: number;
  /** Clauses that must hold on the server. */
  readonly filters: readonly object[];
  /** The test that each candidate must pass; null for none. */
  readonly test: ((document: StoredDocument) => boolean) | null;
  readonly counts?: boolean;
}

export interface CandidateSearch extends CandidateOptions {
  readonly query: TeamQuery;
  readonly weights: ChannelWeights;
}

/** Number of additional passages, because rounded weights may change the order. */
export const MORE = 12;
/** The size of the first page where only the best one is wanted. */
const FEW = 6;
export const MOST = 4_000;
const Answer = v.object({
  took: v.pipe(v.number(), v.minValue(0)),
  timed_out: v.boolean(),
  hits: v.object({
    total: v.optional(v.object({ value: v.pipe(v.number(), v.minValue(0)) }), { value: 0 }),
    hits: v.pipe(
      v.array(v.object({ _score: v.nullable(v.number()), fields: v.optional(v.unknown()) })),
      v.maxLength(MOST),
    ),
  }),
});

/** The candidates of several searches, each in the number of requests that the longest of them needs. */
export async function bestOfEach(
  { client, searched }: SearchedIndex,
  searches: readonly CandidateSearch[],
  signal: AbortSignal,
  others: readonly object[] = [],
): Promise<{
  readonly found: readonly Candidates[];
  /** Answers to `others`, which are sent with the first request. */
  readonly answers: readonly unknown[];
  /** Milliseconds that the server reports. */
  readonly took: number;
}> {
  const requests = searches.map(search => new CandidateRequest(search));
  let answers: readonly unknown[] = [];
  let took = 0;
  for (let more = others; ; more = []) {
    const open = requests.filter(({ found }) => found === null);
    const bodies = [...open.map(({ body }) => body), ...more];
    if (bodies.length === 0) break;
    const sent = await sendSearches(client, searched, bodies, { signal });
    took += sent.took;
    open.forEach((request, i) => request.accept(sent.answers[i]));
    if (more.length > 0) answers = sent.answers.slice(open.length);
  }
  return { found: requests.map(({ found }) => found!), answers, took };
}

/** One search, with larger and larger pages until its best are certain. */
class CandidateRequest {
  found: Candidates | null = null;
  readonly #search: CandidateSearch;
  readonly #should: readonly object[];
  #size: number;

  constructor(search: CandidateSearch) {
    this.#search = search;
    this.#should = clausesOf(search.query, search.weights);
    this.#size = search.k === 1 && search.test === null ? FEW : Math.min(MOST, 2 * search.k + MORE);
    if (this.#should.length === 0) this.found = { best: [], total: 0, dropped: 0, isCut: false };
  }

  get body(): object {
    const { filters, counts = false } = this.#search;
    return {
      size: this.#size,
      track_total_hits: counts,
      ...KEPT_ONLY,
      query: { bool: { should: this.#should, minimum_should_match: 1, filter: filters } },
    };
  }

  accept(answer: unknown): void {
    const { k, test, query, weights } = this.#search;
    const size = this.#size;
    const { documents, dropped, total, least, count } = pageOf(answer);
    const best = documents
      .filter(document => test === null || test(document))
      .map(document => scored(document, query, weights))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, k);
    const isAll = count < size;
    // No passage after these can score more than this.
    const bound = least * slackOf(query);
    const isSure = isAll || (best.length === k && best.at(-1)!.score >= bound);
    if (isSure || size === MOST) this.found = { best, total, dropped, isCut: !isSure };
    else this.#size = Math.min(MOST, 4 * size);
  }
}

export function scored(document: StoredDocument, query: TeamQuery, weights: ChannelWeights): Candidate {
  const exact = exactScore(document, query);
  return { ...exact, document, score: weights.semantic * exact.semantic + weights.lexical * exact.lexical };
}

interface Page {
  readonly documents: readonly StoredDocument[];
  readonly count: number;
  readonly dropped: number;
  readonly total: number;
  readonly took: number;
  /** The server's lowest score. */
  readonly least: number;
}

/** A malformed hit costs only itself. Throws `TeamFault` where the whole answer is malformed. */
export function pageOf(answer: unknown): Page {
  const found = v.safeParse(Answer, answer);
  if (!found.success) throw new TeamFault('malformed', 'answer to a search');
  const { took, timed_out, hits } = found.output;
  if (timed_out) throw new TeamFault('slow', 'the server gave up');
  const documents: StoredDocument[] = [];
  const kept = new KeptReader();
  for (const { fields } of hits.hits) {
    const document = v.safeParse(StoredDocument, kept.read(fields));
    if (document.success) documents.push(document.output);
  }
  const count = hits.hits.length;
  if (count > 0 && documents.length === 0) throw new TeamFault('malformed', 'passages');
  const dropped = count - documents.length;
  return { documents, count, dropped, total: hits.total.value, took, least: hits.hits.at(-1)?._score ?? 0 };
}
