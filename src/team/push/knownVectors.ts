/** Vectors of texts that the index already has, whoever pushed them: each text is encoded once. */
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import type { SparseVector } from '../../index/sparseVector.ts';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import { TeamFault } from '../client/teamFault.ts';
import { FEATURES, FEATURES_ONLY } from '../keptDocument.ts';
import { PackedFeatures } from '../packedFeatures.ts';

const MOST_AT_ONCE = 500;

const One = v.pipe(v.array(v.string()), v.length(1));
const Fields = v.object({ hash: One, [FEATURES]: One });
const Answer = v.object({ hits: v.object({ hits: v.array(v.object({ fields: v.optional(v.unknown()) })) }) });

/** Vectors by content address. */
export async function knownVectors(
  client: Client,
  index: string,
  hashes: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, SparseVector>> {
  const vectors = new Map<string, SparseVector>();
  for (let at = 0; at < hashes.length; at += MOST_AT_ONCE) {
    const wanted = hashes.slice(at, at + MOST_AT_ONCE);
    const body = {
      size: wanted.length,
      ...FEATURES_ONLY,
      docvalue_fields: ['hash'],
      query: { bool: { filter: [{ terms: { hash: wanted } }] } },
      collapse: { field: 'hash' },
    };
    const path = `/${segment(index)}/_search`;
    const answer = v.safeParse(Answer, await send(client, { method: 'POST', path, body }, { signal }));
    if (!answer.success) throw new TeamFault('malformed', 'vectors');
    for (const { fields } of answer.output.hits.hits) {
      const found = v.safeParse(Fields, fields);
      if (!found.success) continue;
      const features = PackedFeatures.read(found.output[FEATURES][0]);
      // A text without a known vector is encoded again.
      if (features !== null) vectors.set(found.output.hash[0]!, features.vector);
    }
  }
  return vectors;
}
