/**
 * UTF-16 code units of a query, the same in the window, the panel and the engine. A selected page is searched
 * whole up to this length; a query of 2,000 or more has no operators (`search/query/language/parseQuery.ts`).
 * Most models read only its beginning; the lexical channel reads all of it.
 */
export const LONGEST_QUERY = 20_000;

/** Cuts the query to the limit, but never through a character. */
export function withinLimit(query: string): string {
  if (query.length <= LONGEST_QUERY) return query;
  const last = query.charCodeAt(LONGEST_QUERY - 1);
  return query.slice(0, last >= 0xd8_00 && last < 0xdc_00 ? LONGEST_QUERY - 1 : LONGEST_QUERY);
}
