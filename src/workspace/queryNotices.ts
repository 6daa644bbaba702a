/** What is said of a query's own parts beside its answer. */
import type { QueryNotice } from '../domain/query.ts';
import type { ParsedQuery } from '../search/query/language/parsedQuery.ts';

/** Notices for exclusions by meaning that could not be applied. */
export function withoutMeaning({ chips, notices }: ParsedQuery): QueryNotice[] {
  const unheeded = chips.filter(({ kind }) => kind === 'meaning');
  return [...notices, ...unheeded.map(({ range }): QueryNotice => ({ kind: 'needsMeaning', range }))];
}
