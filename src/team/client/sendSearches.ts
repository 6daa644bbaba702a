/** Several searches of one index in one request: each request costs a millisecond or two of its own. */
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import { send, type SendOptions } from './send.ts';
import { segment } from './teamIndexes.ts';
import { faultOfStatus, TeamFault } from './teamFault.ts';

const Took = v.object({ took: v.pipe(v.number(), v.minValue(0)) });
const Several = v.object({
  took: v.pipe(v.number(), v.minValue(0)),
  responses: v.array(v.looseObject({ status: v.optional(v.number(), 200), error: v.optional(v.unknown()) })),
});

export interface Searched {
  /** Milliseconds that the server reports for all of them together. */
  readonly took: number;
  /** In the order of the bodies, as they came. */
  readonly answers: readonly unknown[];
}

/** Rejects with `TeamFault` where any of them fails, or with `AbortError`. */
export async function sendSearches(
  client: Client,
  index: string,
  bodies: readonly object[],
  options: SendOptions,
): Promise<Searched> {
  const path = `/${segment(index)}`;
  const [only] = bodies;
  if (only === undefined) return { took: 0, answers: [] };
  if (bodies.length === 1) {
    const answer = await send(client, { method: 'POST', path: `${path}/_search`, body: only }, options);
    return { took: parsed(Took, answer).took, answers: [answer] };
  }
  const lines = bodies.map(body => `{}\n${JSON.stringify(body)}\n`).join('');
  const answer = await send(client, { method: 'POST', path: `${path}/_msearch`, lines }, options);
  const { took, responses } = parsed(Several, answer);
  if (responses.length !== bodies.length) throw new TeamFault('malformed', 'answers to searches');
  for (const { status, error } of responses)
    if (error !== undefined || status >= 300) throw faultOfStatus(status, { error });
  return { took, answers: responses };
}

function parsed<T>(schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const found = v.safeParse(schema, answer);
  if (!found.success) throw new TeamFault('malformed', 'answer to a search');
  return found.output;
}
