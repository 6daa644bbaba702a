/**
 * The exact best passages of a server. The client requests more than are wanted, scores these again, and requests more
 * while an unseen passage could be among the best.
 */
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import { TeamFault } from '../client/teamFault.ts';
import { StoredDocument } from '../documents.ts';
import { clausesOf, exactScore, fieldsOf, slackOf } from './scoring.ts';
import type { ChannelWeights, ExactScore, TeamQuery } from './scoring.ts';

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
  /** Milliseconds that the server reports. */
  readonly took: number;
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
  /** Further parts of documents that `test` needs. */
  readonly fields?: readonly string[];
  readonly counts?: boolean;
  readonly signal: AbortSignal;
}

/** Number of additional passages, because rounded weights may change the order. */
export const MORE = 12;
export const MOST = 4_000;
/** The fields of a passage that are shown, or that conditions look at. */
export const SHOWN = [
  'source',
  'path',
  'hash',
  'fileHash',
  'size',
  'modified',
  'tags',
  'length',
  'number',
  'passage',
];

const Answer = v.object({
  took: v.pipe(v.number(), v.minValue(0)),
  timed_out: v.boolean(),
  hits: v.object({
    total: v.optional(v.object({ value: v.pipe(v.number(), v.minValue(0)) }), { value: 0 }),
    hits: v.pipe(
      v.array(v.object({ _score: v.nullable(v.number()), _source: v.optional(v.unknown()) })),
      v.maxLength(MOST),
    ),
  }),
});

export async function bestCandidates(
  client: Client,
  index: string,
  query: TeamQuery,
  weights: ChannelWeights,
  options: CandidateOptions,
): Promise<Candidates> {
  const { k } = options;
  const should = clausesOf(query, weights);
  const nothing = { best: [], total: 0, took: 0, dropped: 0, isCut: false };
  if (should.length === 0) return nothing;
  const slack = slackOf(query);
  let took = 0;
  for (let size = Math.min(MOST, 2 * k + MORE); ; size = Math.min(MOST, 4 * size)) {
    const page = await ask(client, index, query, should, size, options);
    took += page.took;
    const { documents, dropped, total, least } = page;
    const best = documents
      .filter(document => options.test === null || options.test(document))
      .map(document => scored(document, query, weights))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, k);
    const isAll = page.count < size;
    // No passage after these can score more than this.
    const bound = least * slack;
    const isSure = isAll || (best.length === k && best.at(-1)!.score >= bound);
    if (isSure || size === MOST) return { best, total, took, dropped, isCut: !isSure };
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

async function ask(
  client: Client,
  index: string,
  query: TeamQuery,
  should: readonly object[],
  size: number,
  { filters, fields = [], counts = false, signal }: CandidateOptions,
): Promise<Page> {
  const body = {
    size,
    track_total_hits: counts,
    _source: [...SHOWN, ...fieldsOf(query), ...fields],
    query: { bool: { should, minimum_should_match: 1, filter: filters } },
  };
  return pageOf(await send(client, { method: 'POST', path: `/${segment(index)}/_search`, body }, { signal }));
}

/** A malformed hit costs only itself. Throws `TeamFault` where the whole answer is malformed. */
export function pageOf(answer: unknown): Page {
  const found = v.safeParse(Answer, answer);
  if (!found.success) throw new TeamFault('malformed', 'answer to a search');
  const { took, timed_out, hits } = found.output;
  if (timed_out) throw new TeamFault('slow', 'the server gave up');
  const documents: StoredDocument[] = [];
  for (const { _source } of hits.hits) {
    const document = v.safeParse(StoredDocument, _source);
    if (document.success) documents.push(document.output);
  }
  const count = hits.hits.length;
  if (count > 0 && documents.length === 0) throw new TeamFault('malformed', 'passages');
  const dropped = count - documents.length;
  return { documents, count, dropped, total: hits.total.value, took, least: hits.hits.at(-1)?._score ?? 0 };
}
