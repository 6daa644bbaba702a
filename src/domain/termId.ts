/** Ids of query terms that stay the same from search to search. */

/**
 * The forms of an id:
 * - `s:` and a number: a dimension of the model whose fingerprint the result has (`SearchResult.model`);
 * - `w:` and a word of the query in its search form;
 * - `r:` and the id of a rewriting;
 * - `n:` the file's name.
 *
 * Display names are not ids: two dimensions may share one, and a word may share it with a dimension.
 */
export type TermId = `${'s' | 'w' | 'r' | 'n'}:${string}`;
