/**
 * What BM25 needs of the collection: how many passages, their average length, and how many have each term. Kept for a
 * while, for typing asks of the same words over and over, and an index that is pushed to changes slowly.
 */
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import { BM25, idf } from '../../search/ranking/bm25.ts';
import type { LexicalTerm } from '../../search/query/encodedQuery.ts';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import { TeamFault } from '../client/teamFault.ts';
import type { FeatureNames } from '../features.ts';

export interface WeighedTerm {
  readonly term: LexicalTerm;
  /** Name of its feature. */
  readonly feature: string;
  /** Its weight in the query × idf. */
  readonly weight: number;
}

export interface Collection {
  readonly passages: number;
  readonly averageLength: number;
}

const KEPT_FOR = 30_000;
const MOST_TERMS = 20_000;

const Total = v.object({ value: v.pipe(v.number(), v.minValue(0)) });
const Answer = v.object({
  took: v.number(),
  hits: v.object({ total: Total }),
  aggregations: v.object({
    length: v.object({ value: v.nullable(v.number()) }),
    terms: v.optional(
      v.object({ buckets: v.record(v.string(), v.object({ doc_count: v.pipe(v.number(), v.minValue(0)) })) }),
      { buckets: {} },
    ),
  }),
});

export class Statistics {
  readonly #client: Client;
  readonly #index: string;
  readonly #names: FeatureNames;
  #collection: Collection | null = null;
  #since = 0;
  readonly #frequencies = new Map<string, number>();

  constructor(client: Client, index: string, names: FeatureNames) {
    this.#client = client;
    this.#index = index;
    this.#names = names;
  }

  /** `took`: what the server says that it took. Rejects with `TeamFault`. */
  async of(
    terms: readonly LexicalTerm[],
    signal: AbortSignal,
  ): Promise<{
    readonly collection: Collection;
    readonly weighed: readonly WeighedTerm[];
    readonly took: number;
  }> {
    if (performance.now() - this.#since > KEPT_FOR || this.#frequencies.size > MOST_TERMS) {
      this.#collection = null;
      this.#frequencies.clear();
    }
    const named = terms.map(term => ({ term, feature: this.#featureOf(term) }));
    const unknown = [...new Set(named.map(({ feature }) => feature))].filter(
      feature => !this.#frequencies.has(feature),
    );
    const took = this.#collection === null || unknown.length > 0 ? await this.#ask(unknown, signal) : 0;
    const collection = this.#collection!;
    return {
      collection,
      weighed: named.map(({ term, feature }) => ({
        term,
        feature,
        weight: term.weight * idf(collection.passages, this.#frequencies.get(feature)!),
      })),
      took,
    };
  }

  #featureOf(term: LexicalTerm): string {
    return term.prefix ? this.#names.prefix(term.text) : this.#names.of(term.text);
  }

  async #ask(features: readonly string[], signal: AbortSignal): Promise<number> {
    // By number: a name may be anything.
    const filters = Object.fromEntries(
      features.flatMap((feature, i) => [
        [`p${i}`, hasFeature(`prose.${feature}`)],
        [`b${i}`, hasFeature(`beside.${feature}`)],
      ]),
    );
    const body = {
      size: 0,
      track_total_hits: true,
      query: { bool: { filter: [{ exists: { field: 'length' } }] } },
      aggs: {
        length: { avg: { field: 'length' } },
        ...(features.length === 0 ? {} : { terms: { filters: { filters } } }),
      },
    };
    const path = `/${segment(this.#index)}/_search`;
    const answer = v.safeParse(Answer, await send(this.#client, { method: 'POST', path, body }, { signal }));
    if (!answer.success) throw new TeamFault('malformed', 'statistics');
    const { took, hits, aggregations } = answer.output;
    if (this.#collection === null) this.#since = performance.now();
    this.#collection = { passages: hits.total.value, averageLength: aggregations.length.value ?? 0 };
    const countOf = (key: string): number => aggregations.terms.buckets[key]?.doc_count ?? 0;
    features.forEach((feature, i) => {
      // As `documentFrequency` of the engine: where none has it in prose, those that have it at all.
      this.#frequencies.set(feature, countOf(`p${i}`) || countOf(`b${i}`));
    });
    return took;
  }
}

function hasFeature(field: string): object {
  return { rank_feature: { field, linear: {} } };
}

/** The score of a passage that has every term so often that it saturates. */
export function lexicalLimit(weighed: readonly WeighedTerm[]): number {
  return weighed.reduce((sum, { weight }) => sum + weight, 0) * (BM25.k1 + 1);
}
