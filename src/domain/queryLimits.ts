/**
 * UTF-16 code units of a query, the same in the window, the panel and the engine. A selected page is searched whole up
 * to here; from 2,000 on nothing in it is an operator (`search/query/language/parseQuery.ts`). Most models read its
 * beginning alone; the lexical channel, all of it.
 */
export const LONGEST_QUERY = 20_000;

/** Cut to the limit, but not through a character. */
export function withinLimit(query: string): string {
  if (query.length <= LONGEST_QUERY) return query;
  const last = query.charCodeAt(LONGEST_QUERY - 1);
  return query.slice(0, last >= 0xd8_00 && last < 0xdc_00 ? LONGEST_QUERY - 1 : LONGEST_QUERY);
}
