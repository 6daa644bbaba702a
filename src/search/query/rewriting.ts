/** The other forms of a query's words (`text/forms`) as something that the literal channel looks for. */
import type { QueryRewriting, RewritingKind } from '../../domain/rewriting.ts';
import type { TextRange } from '../../domain/textRange.ts';
import { hasHanja } from '../../text/forms/korean/hanja.ts';
import { expressionFormsOf } from '../../text/forms/expressionForms.ts';
import type { Lexicon } from '../../text/forms/lexicon.ts';
import { queryFormOf } from '../../text/forms/queryForm.ts';
import type { Rewriting } from '../../text/forms/rewriting.ts';
import { rewritingsOf } from '../../text/forms/rewritingsOf.ts';
import { sameExpressionsOf } from '../../text/forms/sameTerms.ts';
import { hasPrefix } from '../../text/forms/vocabulary.ts';
import { stemOf } from '../../text/words.ts';
import type { EncodedQuery } from './encodedQuery.ts';

/** A word of the vocabulary, or all that begin with it; or the key of an expression. */
export interface RewrittenWord {
  readonly text: string;
  readonly prefix: boolean;
  readonly isExpression?: true;
}

/** What a word of the query is looked for as, besides itself. */
export interface RewrittenTerm {
  readonly rewriting: QueryRewriting;
  readonly word: number;
  /** That of the whole word, less for being another one. */
  readonly weight: number;
  /** A passage that has the word itself has this as well, so it need not be held below what the word adds. */
  readonly hasWord?: true;
  /** Any of these: words that must all stand in a passage. */
  readonly forms: readonly (readonly RewrittenWord[])[];
}

export interface RewritingSettings {
  /** The query is still being typed: its last word may be the beginning of one. */
  readonly typing: boolean;
  /** Ids of rewritings that the person does not want. */
  readonly without: readonly string[];
  /** Parts of the query that mean what they say (quotations, `+`). */
  readonly literally: readonly TextRange[];
}

/** What a rewriting counts where it is certain, of what the word itself would. */
const SHARE = 0.5;
/** Another way to write the very same thing: nearly as good as the way that was typed. */
const SHARE_OF_SAME = 0.9;
const SAME: ReadonlySet<RewritingKind> = new Set(['date', 'amount', 'joined']);

/** The only name that the documents have for what was asked: nothing in them is written as the query is. */
function isOnlyName({ kind, from }: Rewriting, { vocabulary }: Lexicon): boolean {
  return kind === 'glossary' && !hasPrefix(vocabulary, stemOf(queryFormOf(from)));
}
/**
 * Kinds whose key also a passage has that is written as the query is. So the key counts in full, and the pieces of
 * what was typed half: 8월 7일과 6월 21일 has the pieces of 8월 21일, and 24/08/21 is that day.
 */
const KEYED: ReadonlySet<RewritingKind> = new Set(['date', 'amount']);
const PIECES_SHARE = 0.5;
/**
 * The verbs of a whole question are seldom what it is about: this kind counts by the share that the word has in the
 * query, and so does a typing error. nDCG@10 of the lexical channel without rewritings, with all at their weight, and
 * with this (errors in queries of any length): belebele_ko .894, .890, .894; autorag_ko .922, .926, .922; tydiqa_ko
 * .686, .687, .690.
 */
const DOUBTFUL: ReadonlySet<RewritingKind> = new Set(['typo', 'inflection']);
/**
 * In a longer query a word that no document has is more often another word than a slip. With errors in any query, in
 * queries of up to 8, 5, 4, 3 words, in none: belebele_ko .8930, .8930, .8931, .8939, .8939, .8939; tydiqa_ko .6954,
 * .6954, .6954, .6954, .6952, .6958; autorag_ko .9302 with each. And a question of nine words had one such chip on
 * the average.
 */
const MAX_WORDS_WITH_TYPO = 4;
/** Of a query at most: longer ones are texts, and have words enough. */
const MAX_WORDS = 12;

/** The query with the rewritings of its words. */
export function withRewritings(
  query: EncodedQuery,
  lexicon: Lexicon,
  { typing, without, literally }: RewritingSettings,
): EncodedQuery {
  if (query.words.length > MAX_WORDS) return query;
  const rewritten: RewrittenTerm[] = [];
  const seen = new Set<string>();
  for (const [word, { range }] of query.words.entries()) {
    const from = query.text.slice(range.start, range.end);
    if (seen.has(from) || literally.some(({ start, end }) => start < range.end && range.start < end))
      continue;
    seen.add(from);
    const weight = query.lexical.reduce((sum, term) => sum + (isCoreOf(word, term) ? term.weight : 0), 0);
    if (weight === 0) continue;
    const unfinished = typing && range.end === query.text.length;
    const forms = expressionFormsOf(from, lexicon.vocabulary);
    for (const found of [...forms, ...rewritingsOf(from, lexicon, { typing: unfinished })]) {
      const rewriting = { id: idOf(found), kind: found.kind, word, from, to: found.to };
      if (without.includes(rewriting.id)) continue;
      if (found.kind === 'typo' && query.words.length > MAX_WORDS_WITH_TYPO) continue;
      rewritten.push({
        rewriting,
        word,
        ...(KEYED.has(found.kind) && { hasWord: true as const }),
        weight:
          ((SAME.has(found.kind) || isOnlyName(found, lexicon) ? SHARE_OF_SAME : SHARE) *
            found.confidence *
            weight) /
          (DOUBTFUL.has(found.kind) ? query.words.length : 1),
        forms: formsOf(found, lexicon),
      });
    }
  }
  rewritten.push(...expressionsOfWords(query, lexicon, { without, literally }));
  const keyed = new Set(rewritten.flatMap(({ word, hasWord }) => (hasWord ? [word] : [])));
  const lexical = query.lexical.map(term =>
    keyed.has(term.word) ? { ...term, weight: PIECES_SHARE * term.weight } : term,
  );
  return { ...query, lexical, rewritten };
}

/** Of an expression in a glossary, in words. */
const MAX_WORDS_OF_EXPRESSION = 3;

/** What glossaries say of words that follow each other (지속적 통합: CI): a form of the first of them. */
function expressionsOfWords(
  { text, words, lexical }: EncodedQuery,
  lexicon: Lexicon,
  { without, literally }: Pick<RewritingSettings, 'without' | 'literally'>,
): RewrittenTerm[] {
  const found = new Map<string, RewrittenTerm>();
  for (let first = 0; first < words.length; first++)
    for (let last = first + 1; last < Math.min(words.length, first + MAX_WORDS_OF_EXPRESSION); last++) {
      const { start } = words[first]!.range;
      const { end } = words[last]!.range;
      if (literally.some(range => range.start < end && start < range.end)) continue;
      const from = text.slice(start, end);
      const weight = lexical.reduce(
        (sum, term) => sum + (term.core && term.word >= first && term.word <= last ? term.weight : 0),
        0,
      );
      for (const proposal of sameExpressionsOf(queryFormOf(from), lexicon)) {
        const rewriting = {
          id: idOf({ ...proposal, from }),
          kind: proposal.kind,
          word: first,
          from,
          to: proposal.to,
        };
        if (weight === 0 || without.includes(rewriting.id) || found.has(rewriting.id)) continue;
        found.set(rewriting.id, {
          rewriting,
          word: first,
          weight: SHARE * proposal.confidence * weight,
          forms: formsOf({ ...proposal, from }, lexicon),
        });
      }
    }
  return [...found.values()];
}

/** Whether a passage must have a term to have a word. */
export function isCoreOf(word: number, term: EncodedQuery['lexical'][number]): boolean {
  return term.word === word && term.core;
}

/** The same for the same words of any query. */
function idOf({ kind, from, to }: Rewriting): string {
  return `${kind} ${from} ${to}`;
}

function formsOf(
  { searched, expressions = [], prefix }: Rewriting,
  { vocabulary }: Lexicon,
): RewrittenTerm['forms'] {
  return [
    ...searched.map(form => form.split(' ').map(text => ({ text, prefix: prefix || !vocabulary.has(text) }))),
    ...expressions.map(text => [{ text, prefix: false, isExpression: true as const }]),
  ];
}

/**
 * What the model reads in place of words that it can't know as they are: typed on the other layout, in loose jamo,
 * in 초성, half a word, in hanja. One a word, the likeliest.
 */
export function readAs({ rewritten }: EncodedQuery): readonly QueryRewriting[] {
  const found = new Map<number, QueryRewriting>();
  for (const { word, rewriting } of rewritten)
    if (isUnreadable(rewriting) && !found.has(word)) found.set(word, rewriting);
  return [...found.values()];
}

const UNREADABLE: ReadonlySet<RewritingKind> = new Set(['layout', 'composition', 'initials', 'halfTyped']);

function isUnreadable({ kind, from }: QueryRewriting): boolean {
  return UNREADABLE.has(kind) || (kind === 'hanja' && hasHanja(from));
}

/**
 * Whether the model has anything to read: signs (!!!, →) say nothing to it, nor do jamo (ㅎㅇㄹ) that stand for no
 * word.
 */
export function isReadable({ text, words }: EncodedQuery, read: readonly QueryRewriting[]): boolean {
  return words.some(
    ({ range }, word) =>
      read.some(each => each.word === word) ||
      SAYS_SOMETHING.test(queryFormOf(text.slice(range.start, range.end))),
  );
}

/** A letter that is no lone jamo; digits beside jamo (ㄷㄷ9) are no words either. */
const SAYS_SOMETHING = /[^\P{L}ㄱ-ㆎ]|^\P{L}*\p{N}\P{L}*$/u;

/** A text whose offsets are the query's, with what the model reads in it. */
export function rewriteText(text: string, { words }: EncodedQuery, read: readonly QueryRewriting[]): string {
  let result = text;
  for (const { word, to } of [...read].sort((a, b) => b.word - a.word)) {
    const { start, end } = words[word]!.range;
    result = result.slice(0, start) + to + result.slice(end);
  }
  return result;
}
