/** The other forms that the words of a query were also searched for. */

/**
 * The reason why another form of a query word was also searched for: another way to write a date, an amount,
 * or a name or number with hyphens; a longer word that contains it; loose jamo put together; 초성; an
 * unfinished syllable; the other keyboard layout; 한자 by their reading; another spelling of a loan word; a
 * glossary; a typing error; other forms of a verb or adjective.
 */
export type RewritingKind =
  | 'date'
  | 'amount'
  | 'joined'
  | 'part'
  | 'composition'
  | 'initials'
  | 'halfTyped'
  | 'layout'
  | 'hanja'
  | 'loanword'
  | 'sound'
  | 'glossary'
  | 'typo'
  | 'inflection';

export interface QueryRewriting {
  /** Identifies the same substitution in any query, for `SearchRequest.withoutRewritings`. */
  readonly id: string;
  readonly kind: RewritingKind;
  /** Index into `SearchResult.words`. */
  readonly word: number;
  /** The query word as it was typed. */
  readonly from: string;
  /** A word of the documents. */
  readonly to: string;
}
