/** Notices about the parts of a query, beside its answer. */
import type { QueryNotice } from '../domain/query.ts';
import type { ParsedQuery } from '../search/query/language/parsedQuery.ts';

/** Notices for exclusions by meaning that could not be applied. */
export function withoutMeaning({ chips, notices }: ParsedQuery): QueryNotice[] {
  const unheeded = chips.filter(({ kind }) => kind === 'meaning' || kind === 'dimension');
  return [...notices, ...unheeded.map(({ range }): QueryNotice => ({ kind: 'needsMeaning', range }))];
}
