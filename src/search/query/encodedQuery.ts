/** An analysed query: the words that a person sees, and the terms that each channel looks for. */
import type { SparseVector } from '../../index/sparseVector.ts';
import type { QueryRewriting } from '../../domain/rewriting.ts';
import type { QueryTerm, QueryWord } from '../../domain/query.ts';
import type { TermId } from '../../domain/termId.ts';
import { normalizeForSearch, type MappedText } from '../../text/normalize.ts';
import { isKoreanTerm, termsOf, type Term } from '../../text/terms.ts';
import { WordPlaces } from '../../text/words.ts';
import { standsIn } from './literal.ts';
import { queryWordsOf } from './queryWords.ts';
import type { RewrittenTerm } from './rewriting.ts';
import { writtenDimension } from './steering.ts';

export interface LexicalTerm {
  readonly text: string;
  /** Number of occurrences in the query, where terms of little meaning count less. */
  readonly weight: number;
  readonly word: number;
  /** True for a bigram of two words of the query. */
  readonly across: boolean;
  /** True for a single syllable, which also matches every term that begins with it. */
  readonly prefix: boolean;
  /** True for a term of the meaningful part of its word: a passage that has the word has all of these. */
  readonly core: boolean;
}

export interface SemanticTerm {
  readonly dimension: number;
  readonly name: string;
  /** `QueryTerm.written`. */
  readonly written: string;
  readonly weight: number;
  readonly word: number;
  readonly expansion: boolean;
}

/** An immutable query, like every value made of one: each step returns a new one. */
export interface EncodedQuery {
  readonly text: string;
  /** The text in its search form, made once for all that compare it. */
  readonly normalized: string;
  readonly words: readonly QueryWord[];
  readonly lexical: readonly LexicalTerm[];
  /** Other forms of its words to search for (`withRewritings`). */
  readonly rewritten: readonly RewrittenTerm[];
  /** Semantic terms; empty until the model has encoded the query. */
  readonly semantic: readonly SemanticTerm[];
}

/**
 * Weights of bigrams across two words (한 회|의) and in a word's particle or ending (신청|하나요), which match more
 * often by chance than by meaning. nDCG@10 of the lexical channel with both at 1, and as here: belebele_ko
 * .863 -> .882, autorag_ko .915 -> .928.
 */
export interface TermWeights {
  readonly across: number;
  readonly ending: number;
}

export const TERM_WEIGHTS: TermWeights = { across: 0.5, ending: 0.25 };

/**
 * Bigrams that nearly every Korean text has, in verb endings, particles and question words. Their rarity in a
 * small folder is chance, so idf alone can't weigh them. (.882 -> .893, .928 -> .930.)
 */
const FUNCTION_BIGRAMS = new Set(
  (
    '해야 하나 하는 하고 하여 하면 하지 하기 한다 합니 니다 습니 입니 있는 있다 있나 있습 없는 없다 없나 되는 된다 ' +
    '됩니 되어 되나 에서 에게 으로 까지 부터 처럼 보다 이다 이라 이고 이며 라고 라는 려면 려고 나요 가요 는데 은데 ' +
    '전에 후에 지만 면서 어야 아야 어서 아서 거나 도록 았다 었다 였다 했다 한테 께서 어떤 어떻 떻게 무엇 언제 누가 어디 며칠 얼마'
  ).split(' '),
);

/** Weight of a part of a name (`invoiceTotals`: totals): passages with the whole name come first. */
const PART_WEIGHT = 0.25;

function termWeight(term: Term, word: QueryWord, { across, ending }: TermWeights): number {
  if (term.across) return across;
  if (term.role === 'part') return PART_WEIGHT;
  if (FUNCTION_BIGRAMS.has(term.text)) return ending;
  return isInEnding(term, word) ? ending : 1;
}

function isInEnding(term: Term, word: QueryWord): boolean {
  const stemEnd = word.range.start + word.text.length;
  return isKoreanTerm(term.text) && term.end - term.start > 1 && term.end > stemEnd;
}

/** `mapped` is the text in its search form, where the caller has it. */
export function prepareQuery(
  text: string,
  weights: TermWeights = TERM_WEIGHTS,
  mapped: MappedText = normalizeForSearch(text),
): EncodedQuery {
  const words = queryWordsOf(text, mapped);
  if (words.length === 0) words.push({ text: text.trim(), range: { start: 0, end: text.length } });
  const lexical = new Map<string, LexicalTerm>();
  for (const term of termsOf(text, mapped)) {
    const known = lexical.get(term.text);
    const word = wordIndexAt(words, term.start);
    lexical.set(term.text, {
      text: term.text,
      weight: (known?.weight ?? 0) + termWeight(term, words[word]!, weights),
      word: known?.word ?? word,
      across: (known?.across ?? true) && term.across,
      prefix: isKoreanTerm(term.text) && term.text.length === 1,
      core: known?.core ?? (!term.across && term.role !== 'part' && !isInEnding(term, words[word]!)),
    });
  }
  const { text: normalized } = mapped;
  return { text, normalized, words, lexical: [...lexical.values()], rewritten: [], semantic: [] };
}

/**
 * Adds the model's terms to the query. `names` are the dimensions' display names, and `read` the rewritings
 * that the model read in place of words.
 */
export function withVector(
  query: EncodedQuery,
  vector: SparseVector,
  names: readonly string[],
  read: readonly QueryRewriting[] = [],
): EncodedQuery {
  const normalized = [query.normalized, ...read.map(({ to }) => normalizeForSearch(to).text)].join('\n');
  const places = new WordPlaces(query.text);
  const semantic = Array.from(vector.dimensions, (dimension, i): SemanticTerm => {
    const name = names[dimension] ?? `#${dimension}`;
    const word = wordIndexAt(query.words, places.word(vector.places[i]!)?.start ?? 0);
    const span = query.words[word]!.range;
    const surface = read.find(each => each.word === word)?.to ?? query.text.slice(span.start, span.end);
    const expansion = !standsIn(name, normalized, surface);
    const written = writtenDimension(dimension, names);
    return { dimension, name, written, weight: vector.weights[i]!, word, expansion };
  });
  return { ...query, semantic };
}

/** The `TermId` of a dimension. */
export function dimensionId(dimension: number): TermId {
  return `s:${dimension}`;
}

/** The query's terms for display, heaviest first. */
export function shownTerms(query: EncodedQuery): QueryTerm[] {
  return query.semantic
    .map(({ dimension, name, written, weight, word, expansion }) => ({
      id: dimensionId(dimension),
      token: name,
      written,
      weight,
      word,
      expansion,
    }))
    .sort((a, b) => b.weight - a.weight);
}

/** The word at an offset, or the last one before it. */
function wordIndexAt(words: readonly QueryWord[], offset: number): number {
  let found = 0;
  words.forEach((word, i) => {
    if (word.range.start <= offset) found = i;
    // A token may begin at the blank before its word.
    else if (
      words[i - 1] !== undefined &&
      words[i - 1]!.range.end <= offset &&
      word.range.start - offset <= 1
    )
      found = i;
  });
  return found;
}
