/** Names of what a query looks for that stay the same from search to search. */

/**
 * - `s:` and a number: a dimension of the model whose fingerprint the result has (`SearchResult.model`);
 * - `w:` and a word of the query in its search form;
 * - `r:` and the id of a rewriting;
 * - `n:` the file's name.
 *
 * Display names are none: two dimensions may have the same one, and a word may have that of a dimension.
 */
export type TermId = `${'s' | 'w' | 'r' | 'n'}:${string}`;
