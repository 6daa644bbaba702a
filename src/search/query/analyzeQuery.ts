/** What the text of a query asks for: conditions, words, their other forms, and what the model is given to read. */
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
  /** The last word may be the beginning of one. */
  readonly typing?: boolean | undefined;
  /** Ids of rewritings that are not wanted. */
  readonly without?: readonly string[] | undefined;
  /** null: no other forms of words. */
  readonly lexicon: Lexicon | null;
  readonly now: Date;
  /** The names that documents have: what `path:`, `ext:` and `tag:` may mean. */
  readonly names?: KnownNames | undefined;
  readonly terms?: TermWeights | undefined;
}

export interface AnalyzedQuery {
  readonly parsed: ParsedQuery;
  /** It asks for words, not for what meets conditions alone. */
  readonly hasWords: boolean;
  /** Without a vector: for the literal channel. */
  readonly literal: EncodedQuery;
  /** What the model reads in place of words. */
  readonly read: readonly QueryRewriting[];
  /** The text for the model; it says something to it or not. */
  readonly asked: string;
  readonly isReadable: boolean;
  /** For both channels, with what the model made of `asked`. */
  readonly withVector: (vector: SparseVector, names: readonly string[]) => EncodedQuery;
}

export function analyzeQuery(
  text: string,
  { operators = true, typing = false, without = [], lexicon, now, names, terms }: AnalysisOptions,
): AnalyzedQuery {
  const parsed = operators ? parseQuery(text, { today: now, names }) : plainQuery(text);
  const words = prepareQuery(parsed.searched, terms, parsed.searchForm);
  // A weight says how much a word counts; every other operator, that it means what it says.
  const literally = parsed.chips.filter(({ kind }) => kind !== 'weight').map(({ range }) => range);
  const query = lexicon === null ? words : withRewritings(words, lexicon, { typing, without, literally });
  const read = readAs(query);
  // What no operator was in goes to the model as it was typed.
  const isTyped = parsed.chips.length === 0;
  const rewritten = rewriteText(isTyped ? text : parsed.searched, query, read);
  const hasWords = parsed.searched.trim() !== '';
  return {
    parsed,
    hasWords,
    literal: weighWords(query, parsed.weights),
    read,
    asked: isTyped ? rewritten : collapseBlanks(rewritten),
    isReadable: hasWords && isReadable(query, read),
    withVector: (vector, dimensions) =>
      weighWords(withVector(query, vector, dimensions, read), parsed.weights),
  };
}
