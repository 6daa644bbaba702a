/**
 * Like `rankNamed` of the engine: files whose name is the query come first, and those in a folder of that name are
 * favoured.
 */
import * as v from 'valibot';
import type { SearchPlan } from '../../search/passageSource.ts';
import { keyOfForm } from '../../search/ranking/exactNames.ts';
import type { Constants } from '../../search/ranking/fusionConstants.ts';
import { FOLDER_BONUS, NAME_BONUS } from '../../search/ranking/rankNamed.ts';
import { TeamFault } from '../client/teamFault.ts';
import type { FeatureNames } from '../features.ts';
import { KEPT_ONLY } from '../keptDocument.ts';
import { pageOf, scored, type Candidates, type CandidateSearch } from './candidates.ts';
import type { TeamQuery } from './scoring.ts';
import type { OpenConditions } from './teamConditions.ts';
import { opened } from './servedPassage.ts';
import { isSameFile, type NamedCandidate } from './teamHits.ts';

const NO_WEIGHTS = { semantic: 0, lexical: 0 };
const Count = v.object({ hits: v.object({ total: v.object({ value: v.pipe(v.number(), v.minValue(0)) }) }) });

/** The searches for documents with the query's name; null for a query that can be no name. */
export class NamedSearches {
  readonly #key: string;
  readonly #own: OpenConditions;

  private constructor(key: string, own: OpenConditions) {
    this.#key = key;
    this.#own = own;
  }

  static of({ query }: SearchPlan, names: FeatureNames, own: OpenConditions): NamedSearches | null {
    const named = keyOfForm(query.normalized);
    return named === '' ? null : new NamedSearches(names.name(named), own);
  }

  /** Asks whether there is any. Most queries are no names, and three searches are spared. */
  get probe(): object {
    const should = [{ term: { names: this.#key } }, { term: { folders: this.#key } }];
    return {
      size: 0,
      track_total_hits: 1,
      query: { bool: { filter: [...this.#own.filters, { bool: { should } }] } },
    };
  }

  isAny(answer: unknown): boolean {
    const found = v.safeParse(Count, answer);
    if (!found.success) throw new TeamFault('malformed', 'names');
    return found.output.hits.total.value > 0;
  }

  /** For the best passages of files of that name, and of folders of that name. */
  searches(k: number, query: TeamQuery, weights: Constants): readonly CandidateSearch[] {
    const { filters, test } = this.#own;
    return ['names', 'folders'].map(field => ({
      k,
      test,
      query,
      weights,
      filters: [...filters, { term: { [field]: this.#key } }],
    }));
  }

  /** For the first passages of files of that name, which need not have anything of the query. */
  firsts(k: number): object {
    const firsts = [{ term: { names: this.#key } }, { term: { number: 0 } }];
    return { size: k, ...KEPT_ONLY, query: { bool: { filter: [...this.#own.filters, ...firsts] } } };
  }

  best(
    files: Candidates,
    inFolder: Candidates,
    firsts: unknown,
    query: TeamQuery,
  ): readonly NamedCandidate[] {
    const { test } = this.#own;
    const best: NamedCandidate[] = [];
    const unscored = opened(pageOf(firsts).passages)
      .filter(passage => test === null || test(passage))
      .map(passage => ({ ...scored(passage, query, NO_WEIGHTS), document: passage.document }));
    for (const hit of [...files.best, ...unscored])
      if (!best.some(({ document }) => isSameFile(document, hit.document)))
        best.push({ ...hit, name: NAME_BONUS, score: hit.score + NAME_BONUS });
    for (const hit of inFolder.best)
      best.push({ ...hit, name: FOLDER_BONUS, score: hit.score + FOLDER_BONUS });
    return best;
  }
}
