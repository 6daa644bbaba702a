/** Analyses the text of a query: its clauses, its words, their other forms, and the text for the model. */
import type { QueryRewriting } from '../../domain/rewriting.ts';
import type { Lexicon } from '../../text/forms/lexicon.ts';
import { collapseBlanks } from './language/collapseBlanks.ts';
import type { KnownNames } from './language/knownNames.ts';
import type { ParsedQuery } from './language/parsedQuery.ts';
import { LEFT_OUT, STEERING } from './language/parsedQuery.ts';
import { parseQuery, plainQuery } from './language/parseQuery.ts';
import { prepareQuery, withVector, type EncodedQuery, type TermWeights } from './encodedQuery.ts';
import { isReadable, readAs, rewriteText, withRewritings } from './rewriting.ts';
import { counting, steered } from './steering.ts';
import { weighWords } from './weighWords.ts';
import { normalizeForSearch } from '../../text/normalize.ts';
import type { QueryWord } from '../../domain/query.ts';
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
  const words = { ...prepareQuery(parsed.searched, terms, parsed.searchForm), ...namedBy(parsed) };
  // A steering operator says how much a word counts; every other one, that the word means what it says.
  const literally = parsed.chips.filter(({ kind }) => !STEERING.has(kind)).map(({ range }) => range);
  const query = lexicon === null ? words : withRewritings(words, lexicon, { typing, without, literally });
  const isRead = ({ range }: QueryWord): boolean =>
    !parsed.added.some(({ range: { start, end } }) => start < range.end && range.start < end);
  const read = readAs(query).filter(({ word }) => isRead(query.words[word]!));
  const rewritten = withoutSteering(rewriteText(parsed.read, query, read));
  // Where no operator but those that steer was in, the model reads what was typed.
  const asked = literally.length === 0 ? rewritten : collapseBlanks(rewritten);
  return {
    parsed,
    hasWords: parsed.searched.trim() !== '' || parsed.dimensions.length > 0,
    lexical: counting(weighWords(query, parsed.weights)),
    read,
    asked,
    isReadable: asked.trim() !== '' && isReadable(query, read),
    withVector: (vector, dimensions) =>
      steered(weighWords(withVector(query, vector, dimensions, read), parsed.weights), parsed, dimensions),
  };
}

/** The model reads the query as it was before it was steered, to the blank. */
function withoutSteering(text: string): string {
  return text.includes(LEFT_OUT) ? text.replace(STEERING_PARTS, '').trim() : text;
}

const STEERING_PARTS = new RegExp(`\\s*${LEFT_OUT}+`, 'gu');

/** Files are called by what the model reads: an added word changes no name. */
function namedBy({ added, read }: ParsedQuery): Partial<Pick<EncodedQuery, 'normalized'>> {
  return added.length === 0 ? {} : { normalized: normalizeForSearch(withoutSteering(read)).text };
}
