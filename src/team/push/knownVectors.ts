/** Vectors of texts that the index already has, whoever pushed them: each text is encoded once. */
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import type { SparseVector } from '../../index/sparseVector.ts';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import { TeamFault } from '../client/teamFault.ts';
import { StoredDocument } from '../documents.ts';
import { KEPT_ONLY, KeptReader } from '../keptDocument.ts';

const MOST_AT_ONCE = 500;

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
      ...KEPT_ONLY,
      query: { bool: { filter: [{ terms: { hash: wanted } }] } },
      collapse: { field: 'hash' },
    };
    const path = `/${segment(index)}/_search`;
    const answer = v.safeParse(Answer, await send(client, { method: 'POST', path, body }, { signal }));
    if (!answer.success) throw new TeamFault('malformed', 'vectors');
    const kept = new KeptReader();
    for (const { fields } of answer.output.hits.hits) {
      const document = v.safeParse(StoredDocument, kept.read(fields));
      // A text without a known vector is encoded again.
      if (document.success)
        vectors.set(document.output.hash, vectorOf(document.output.semantic, document.output.places));
    }
  }
  return vectors;
}

function vectorOf(
  semantic: Readonly<Record<string, number>>,
  places: Readonly<Record<string, number>>,
): SparseVector {
  const dimensions = Uint32Array.from(Object.keys(semantic), Number).sort();
  return {
    dimensions,
    weights: Float32Array.from(dimensions, dimension => semantic[dimension]!),
    places: Uint16Array.from(dimensions, dimension => places[dimension] ?? 0),
  };
}
