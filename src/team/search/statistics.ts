/**
 * Statistics of the collection for BM25: how many passages, their average length, and how many have each term. Kept for a
 * while, for typing asks of the same words over and over, and an index that is pushed to changes slowly.
 */
import * as v from 'valibot';
import { BM25, idf } from '../../search/ranking/bm25.ts';
import type { LexicalTerm } from '../../search/query/encodedQuery.ts';
import { TeamFault } from '../client/teamFault.ts';
import type { FeatureName, FeatureNames } from '../features.ts';

export interface WeighedTerm {
  readonly term: LexicalTerm;
  readonly feature: FeatureName;
  /** Its weight in the query × idf. */
  readonly weight: number;
}

export interface Collection {
  readonly passages: number;
  readonly averageLength: number;
}

export interface WeighedTerms {
  readonly collection: Collection;
  readonly weighed: readonly WeighedTerm[];
}

export interface StatisticsRequest {
  readonly body: object;
  /** Throws `TeamFault`. */
  readonly accept: (answer: unknown) => WeighedTerms;
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
  readonly #names: FeatureNames;
  #collection: Collection | null = null;
  #since = 0;
  readonly #frequencies = new Map<string, number>();

  constructor(names: FeatureNames) {
    this.#names = names;
  }

  /** Null where the server has to be asked (`request`). */
  known(terms: readonly LexicalTerm[]): WeighedTerms | null {
    if (performance.now() - this.#since > KEPT_FOR || this.#frequencies.size > MOST_TERMS) {
      this.#collection = null;
      this.#frequencies.clear();
    }
    const unknown = this.#namesOf(terms).some(name => !this.#frequencies.has(name));
    return this.#collection === null || unknown ? null : this.#weighed(terms, this.#collection);
  }

  /** The search that asks for what is not known of these terms. */
  request(terms: readonly LexicalTerm[]): StatisticsRequest {
    const features = this.#namesOf(terms).filter(feature => !this.#frequencies.has(feature));
    // The keys are numbers, because a name may be anything.
    const filters = Object.fromEntries(
      features.flatMap((feature, i) => [
        [`p${i}`, hasFeature(`prose.${feature}`)],
        [`b${i}`, hasFeature(`beside.${feature}`)],
      ]),
    );
    const aggregated = features.length === 0 ? {} : { terms: { filters: { filters } } };
    const body = {
      size: 0,
      track_total_hits: true,
      query: { bool: { filter: [{ exists: { field: 'length' } }] } },
      aggs: { length: { avg: { field: 'length' } }, ...aggregated },
    };
    // Other searches may empty the cache meanwhile.
    const known = this.#namesOf(terms).filter(feature => this.#frequencies.has(feature));
    const before = new Map(known.map(feature => [feature, this.#frequencies.get(feature)!]));
    return { body, accept: answer => this.#accept(terms, features, before, answer) };
  }

  #accept(
    terms: readonly LexicalTerm[],
    features: readonly string[],
    before: ReadonlyMap<string, number>,
    received: unknown,
  ): WeighedTerms {
    const answer = v.safeParse(Answer, received);
    if (!answer.success) throw new TeamFault('malformed', 'statistics');
    const { hits, aggregations } = answer.output;
    if (this.#collection === null) this.#since = performance.now();
    const collection = { passages: hits.total.value, averageLength: aggregations.length.value ?? 0 };
    this.#collection = collection;
    const countOf = (key: string): number => aggregations.terms.buckets[key]?.doc_count ?? 0;
    for (const [feature, count] of before) this.#frequencies.set(feature, count);
    features.forEach((feature, i) => {
      // Like `documentFrequency` of the engine: where no passage has it in prose, all passages with it count.
      this.#frequencies.set(feature, countOf(`p${i}`) || countOf(`b${i}`));
    });
    return this.#weighed(terms, collection);
  }

  #weighed(terms: readonly LexicalTerm[], collection: Collection): WeighedTerms {
    const weighed = terms.map(term => {
      const feature = this.#featureOf(term);
      return {
        term,
        feature,
        weight: term.weight * idf(collection.passages, this.#frequencies.get(feature.name)!),
      };
    });
    return { collection, weighed };
  }

  #namesOf(terms: readonly LexicalTerm[]): readonly string[] {
    return [...new Set(terms.map(term => this.#featureOf(term).name))];
  }

  #featureOf(term: LexicalTerm): FeatureName {
    return term.prefix ? this.#names.prefix(term.text) : this.#names.of(term.text);
  }
}

function hasFeature(field: string): object {
  return { rank_feature: { field, linear: {} } };
}

/** The score of a passage that has every term often enough to saturate it. */
export function lexicalLimit(weighed: readonly WeighedTerm[]): number {
  return weighed.reduce((sum, { weight }) => sum + weight, 0) * (BM25.k1 + 1);
}
