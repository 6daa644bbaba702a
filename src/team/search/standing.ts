/** Where one document stands among the passages of an index: for "why is it not found". */
import * as v from 'valibot';
import type { RemoteDocument } from '../../search/remoteSearch.ts';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import { TeamFault } from '../client/teamFault.ts';
import { KEPT_ONLY } from '../keptDocument.ts';
import { pageOf, scored, type Candidate } from './candidates.ts';
import { clausesOf, type ChannelWeights, type TeamQuery } from './scoring.ts';
import { opened } from './servedPassage.ts';
import { MOST_PASSAGES } from './storedDocument.ts';
import type { OpenConditions } from './teamConditions.ts';
import type { SearchedIndex } from './teamHits.ts';

export interface DocumentStanding {
  readonly isThere: boolean;
  readonly best: Candidate | null;
  readonly above: number;
  readonly admits: readonly boolean[];
}

const Count = v.object({ hits: v.object({ total: v.object({ value: v.pipe(v.number(), v.minValue(0)) }) }) });

/** `above` is by the server's own weights, which have nine bits. */
export async function standingOfDocument(
  { client, searched }: SearchedIndex,
  { source, file }: RemoteDocument,
  query: TeamQuery,
  weights: ChannelWeights,
  conditions: readonly OpenConditions[],
  signal: AbortSignal,
): Promise<DocumentStanding> {
  const path = `/${segment(searched)}/_search`;
  const body = {
    size: MOST_PASSAGES,
    ...KEPT_ONLY,
    query: { bool: { filter: [{ term: { source } }, { term: { path: file } }] } },
  };
  const { passages } = pageOf(await send(client, { method: 'POST', path, body }, { signal }));
  const own = opened(passages);
  const admits = conditions.map(({ test }) => own.some(passage => test === null || test(passage)));
  const [best] = own
    .map(passage => ({ ...scored(passage, query, weights), document: passage.document }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const isThere = own.length > 0;
  if (best === undefined) return { isThere, best: null, above: 0, admits };
  const counted = {
    size: 0,
    track_total_hits: true,
    min_score: best.score,
    query: { bool: { should: clausesOf(query, weights), minimum_should_match: 1 } },
  };
  const answer = v.safeParse(Count, await send(client, { method: 'POST', path, body: counted }, { signal }));
  if (!answer.success) throw new TeamFault('malformed', 'count');
  return { isThere, best, above: answer.output.hits.total.value, admits };
}
