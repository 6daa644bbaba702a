/** Analyses the text of a query: its clauses, its words, their other forms, and the text for the model. */
import type { QueryRewriting } from '../../domain/rewriting.ts';
import type { Lexicon } from '../../text/forms/lexicon.ts';
import { collapseBlanks } from './language/collapseBlanks.ts';
import type { KnownNames } from './language/knownNames.ts';
import type { ParsedQuery } from './language/parsedQuery.ts';
import { parseQuery, plainQuery } from './language/parseQuery.ts';
import { prepareQuery, withVector, type EncodedQuery, type TermWeights } from './encodedQuery.ts';
import { isReadable, readAs, rewriteText, withRewritings } from './rewriting.ts';
import { weighWords } from './weighWords.ts';
import type { SparseVector } from '../../index/sparseVector.ts';

export interface AnalysisOptions {
  /** Whether operators and conditions are looked for. Default true. */
  readonly operators?: boolean | undefined;
  /** True while the query is being typed: its last word may be unfinished. */
  readonly typing?: boolean | undefined;
  /** Ids of rewritings that are not wanted. */
  readonly without?: readonly string[] | undefined;
  /** The words of the documents; null for no other forms of query words. */
  readonly lexicon: Lexicon | null;
  readonly now: Date;
  /** The names that documents have, which `path:`, `ext:` and `tag:` are checked against. */
  readonly names?: KnownNames | undefined;
  readonly terms?: TermWeights | undefined;
}

export interface AnalyzedQuery {
  readonly parsed: ParsedQuery;
  /** True where the query has words; false where it has only clauses. */
  readonly hasWords: boolean;
  /** The query without a vector, for the lexical channel. */
  readonly lexical: EncodedQuery;
  /** The rewritings that the model reads in place of words. */
  readonly read: readonly QueryRewriting[];
  /** The text for the model; `isReadable` tells whether it means anything to it. */
  readonly asked: string;
  readonly isReadable: boolean;
  /** The query for both channels, given the model's vector of `asked`. */
  readonly withVector: (vector: SparseVector, names: readonly string[]) => EncodedQuery;
}

export function analyzeQuery(
  text: string,
  { operators = true, typing = false, without = [], lexicon, now, names, terms }: AnalysisOptions,
): AnalyzedQuery {
  const parsed = operators ? parseQuery(text, { today: now, names }) : plainQuery(text);
  const words = prepareQuery(parsed.searched, terms, parsed.searchForm);
  // A weight only scales a word; every other operator says that the word is meant literally.
  const literally = parsed.chips.filter(({ kind }) => kind !== 'weight').map(({ range }) => range);
  const query = lexicon === null ? words : withRewritings(words, lexicon, { typing, without, literally });
  const read = readAs(query);
  // A query without operators goes to the model as it was typed.
  const isTyped = parsed.chips.length === 0;
  const rewritten = rewriteText(isTyped ? text : parsed.searched, query, read);
  const hasWords = parsed.searched.trim() !== '';
  return {
    parsed,
    hasWords,
    lexical: weighWords(query, parsed.weights),
    read,
    asked: isTyped ? rewritten : collapseBlanks(rewritten),
    isReadable: hasWords && isReadable(query, read),
    withVector: (vector, dimensions) =>
      weighWords(withVector(query, vector, dimensions, read), parsed.weights),
  };
}
