/**
 * The exact best passages of a server. The client requests more than are wanted, scores these again, and requests more
 * while an unseen passage could be among the best.
 */
import * as v from 'valibot';
import { sendSearches } from '../client/sendSearches.ts';
import { TeamFault } from '../client/teamFault.ts';
import type { StoredDocument } from '../documents.ts';
import { FEATURES_ONLY, KEPT_ONLY, KeptReader } from '../keptDocument.ts';
import { clausesOf, exactScore, slackOf } from './scoring.ts';
import type { ChannelWeights, ExactScore, TeamQuery } from './scoring.ts';
import { ServedPassage, type OpenPassage } from './servedPassage.ts';
import type { SearchedIndex } from './teamHits.ts';

export interface Candidate extends ScoredPassage {
  readonly document: StoredDocument;
}

interface ScoredPassage extends ExactScore {
  /** The score by the weights of the request. */
  readonly score: number;
}

export interface Candidates {
  /** Hits, best first. */
  readonly best: readonly Candidate[];
  /** The best score; 0 where nothing was found. */
  readonly largest: number;
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
  readonly test: ((passage: OpenPassage) => boolean) | null;
  readonly counts?: boolean;
}

export interface CandidateSearch extends CandidateOptions {
  readonly query: TeamQuery;
  readonly weights: ChannelWeights;
  /** Only `largest` is wanted, and `best` stays empty. */
  readonly isForScore?: boolean;
}

/** Number of additional passages where some may not pass a test. */
export const MORE = 12;
/** Rounded weights may change the order of passages that are close together: the first page has at least so many more. */
const CLOSE = 6;
/** The size of the first page where only the best one is wanted. */
const FEW = 4;
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

function firstPage({ k, test }: CandidateSearch): number {
  if (test !== null) return 2 * k + MORE;
  return k === 1 ? FEW : k + Math.max(CLOSE, Math.ceil(k / 4));
}

const NONE: Candidates = { best: [], largest: 0, total: 0, dropped: 0, isCut: false };

/** One search, with larger and larger pages until its best are certain. */
class CandidateRequest {
  found: Candidates | null = null;
  readonly #search: CandidateSearch;
  readonly #should: readonly object[];
  #size: number;

  constructor(search: CandidateSearch) {
    this.#search = search;
    this.#should = clausesOf(search.query, search.weights);
    this.#size = Math.min(MOST, firstPage(search));
    if (this.#should.length === 0) this.found = NONE;
  }

  get body(): object {
    const { filters, counts = false, test, isForScore = false } = this.#search;
    return {
      size: this.#size,
      track_total_hits: counts,
      ...(isForScore && test === null ? FEATURES_ONLY : KEPT_ONLY),
      query: { bool: { should: this.#should, minimum_should_match: 1, filter: filters } },
    };
  }

  accept(answer: unknown): void {
    const { k, query } = this.#search;
    const size = this.#size;
    const { passages, dropped, total, least, count } = pageOf(answer);
    const { best, scores, broken } = this.#best(passages);
    const isAll = count < size;
    // No passage after these can score more than this.
    const bound = least * slackOf(query);
    const isSure = isAll || (scores.length === k && scores.at(-1)! >= bound);
    const found = { best, largest: scores[0] ?? 0, total, dropped: dropped + broken };
    if (isSure || size === MOST) this.found = { ...found, isCut: !isSure };
    else this.#size = Math.min(MOST, 4 * size);
  }

  /** Only the best are opened. */
  #best(passages: readonly ServedPassage[]): {
    readonly best: readonly Candidate[];
    readonly scores: readonly number[];
    readonly broken: number;
  } {
    const { k, test, query, weights, isForScore = false } = this.#search;
    const ranked = passages
      .map(passage => ({ passage, own: scored(passage, query, weights) }))
      .filter(({ own }) => own.score > 0)
      .sort((a, b) => b.own.score - a.own.score);
    if (isForScore && test === null)
      return { best: [], scores: ranked.slice(0, k).map(({ own }) => own.score), broken: 0 };
    const best: Candidate[] = [];
    let [broken, tried] = [0, 0];
    for (const { passage, own } of ranked) {
      if (best.length === k) break;
      tried++;
      const open = passage.open();
      if (open === null) broken++;
      else if (test === null || test(open)) best.push({ ...own, document: open.document });
    }
    if (broken > 0 && broken === tried) throw new TeamFault('malformed', 'passages');
    return { best, scores: best.map(({ score }) => score), broken };
  }
}

export function scored(
  { features }: Pick<ServedPassage, 'features'>,
  query: TeamQuery,
  weights: ChannelWeights,
): ScoredPassage {
  const exact = exactScore(features, query);
  return { ...exact, score: weights.semantic * exact.semantic + weights.lexical * exact.lexical };
}

interface Page {
  readonly passages: readonly ServedPassage[];
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
  const kept = new KeptReader();
  const passages = hits.hits
    .map(({ fields }) => ServedPassage.of(fields, kept))
    .filter(passage => passage !== null);
  const count = hits.hits.length;
  if (count > 0 && passages.length === 0) throw new TeamFault('malformed', 'passages');
  const dropped = count - passages.length;
  return { passages, count, dropped, total: hits.total.value, took, least: hits.hits.at(-1)?._score ?? 0 };
}
