/** The other forms of a query's words (`text/forms`) as terms that the lexical channel looks for. */
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

/** A word of the vocabulary, or all words that begin with it, or the key of an expression. */
export interface RewrittenWord {
  readonly text: string;
  readonly prefix: boolean;
  readonly isExpression?: true;
}

/** Another form of a query word, as a term. */
export interface RewrittenTerm {
  readonly rewriting: QueryRewriting;
  readonly word: number;
  /** The weight of the whole word, reduced because this is another word. */
  readonly weight: number;
  /**
   * True where a passage with the word itself has this term as well, so that it need not be limited to less
   * than the word adds.
   */
  readonly hasWord?: true;
  /** Alternatives; each is a list of words that must all stand in a passage. */
  readonly forms: readonly (readonly RewrittenWord[])[];
}

export interface RewritingSettings {
  /** True while the query is still being typed: its last word may be unfinished. */
  readonly typing: boolean;
  /** Ids of rewritings that the person does not want. */
  readonly without: readonly string[];
  /** Ranges of the query that are meant literally (quotations, `+`). */
  readonly literally: readonly TextRange[];
}

/** Weight of a certain rewriting, as a share of the word's own. */
const SHARE = 0.5;
/** Share for another way to write the very same thing, which is nearly as good as the way that was typed. */
const SHARE_OF_SAME = 0.9;
const SAME: ReadonlySet<RewritingKind> = new Set(['date', 'amount', 'joined']);

/** Whether this is the only way in which the documents write the thing: nothing in them is written as the query is. */
function isOnlyName({ kind, from }: Rewriting, { vocabulary }: Lexicon): boolean {
  return kind === 'glossary' && !hasPrefix(vocabulary, stemOf(queryFormOf(from)));
}
/**
 * Kinds whose key is also in passages that write the expression as the query does. So the key counts in full
 * and the pieces of the typed text count half: 8월 7일과 6월 21일 has the pieces of 8월 21일, and 24/08/21 is that
 * day.
 */
const KEYED: ReadonlySet<RewritingKind> = new Set(['date', 'amount']);
const PIECES_SHARE = 0.5;
/**
 * Kinds that count by the share that the word has in the query: the verbs of a whole question are seldom its
 * subject, and the same holds for typing errors. nDCG@10 of the lexical channel without rewritings, with all
 * at their weight, and with this (errors in queries of any length): belebele_ko .894, .890, .894; autorag_ko
 * .922, .926, .922; tydiqa_ko .686, .687, .690.
 */
const DOUBTFUL: ReadonlySet<RewritingKind> = new Set(['typo', 'inflection']);
/**
 * Above this number of words, an unknown word is more often another word than a typing error. With errors
 * corrected in any query, in queries of up to 8, 5, 4, 3 words, and in none: belebele_ko .8930, .8930, .8931,
 * .8939, .8939, .8939; tydiqa_ko .6954, .6954, .6954, .6954, .6952, .6958; autorag_ko .9302 with each. And a
 * question of nine words had one such chip on average.
 */
const MAX_WORDS_WITH_TYPO = 4;
/** Maximum number of words with rewritings; longer queries are texts and have enough words. */
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

/** Maximum number of words of an expression in a glossary. */
const MAX_WORDS_OF_EXPRESSION = 3;

/** The rewritings that glossaries give for consecutive words (지속적 통합: CI), attached to the first word. */
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

/** Whether a passage must have a term to have the word. */
export function isCoreOf(word: number, term: EncodedQuery['lexical'][number]): boolean {
  return term.word === word && term.core;
}

/** The same id for the same words in any query. */
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
 * The rewritings that the model reads in place of words that it can't know as typed: on the other layout, in
 * separate jamo, in 초성, half a word, or in hanja. Each word has at most one, the likeliest.
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
 * Whether the query means anything to the model: signs (!!!, →) do not, nor do jamo (ㅎㅇㄹ) that stand for no
 * word.
 */
export function isReadable({ text, words }: EncodedQuery, read: readonly QueryRewriting[]): boolean {
  return words.some(
    ({ range }, word) =>
      read.some(each => each.word === word) ||
      SAYS_SOMETHING.test(queryFormOf(text.slice(range.start, range.end))),
  );
}

/** Matches a letter that is not a single jamo; digits beside jamo (ㄷㄷ9) make no word either. */
const SAYS_SOMETHING = /[^\P{L}ㄱ-ㆎ]|^\P{L}*\p{N}\P{L}*$/u;

/** A text with the rewritings that the model reads, mapped to the query's offsets. */
export function rewriteText(text: string, { words }: EncodedQuery, read: readonly QueryRewriting[]): string {
  let result = text;
  for (const { word, to } of [...read].sort((a, b) => b.word - a.word)) {
    const { start, end } = words[word]!.range;
    result = result.slice(0, start) + to + result.slice(end);
  }
  return result;
}
