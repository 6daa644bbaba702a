/** What is said of a query's own parts beside its answer. */
import type { QueryNotice } from '../domain/query.ts';
import type { ParsedQuery } from '../search/query/language/parsedQuery.ts';

/** The notices where no meaning could be kept out. */
export function withoutMeaning({ chips, notices }: ParsedQuery): QueryNotice[] {
  const unheeded = chips.filter(({ kind }) => kind === 'meaning');
  return [...notices, ...unheeded.map(({ range }): QueryNotice => ({ kind: 'needsMeaning', range }))];
}
