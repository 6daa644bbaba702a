/** What a word of a query was also looked for as. */

/**
 * What a word of the query was also looked for as, and why: another way to write a date, an amount, a name or number
 * with its hyphens, a longer word that has it, loose jamo put together, 초성, an unfinished syllable, the
 * other keyboard layout, 한자 by their reading, another spelling of a loan word, a glossary, a slip of the
 * fingers, other forms of a verb or adjective.
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
  /** The same for the same words of any query: for `SearchRequest.withoutRewritings`. */
  readonly id: string;
  readonly kind: RewritingKind;
  /** Index into `SearchResult.words`. */
  readonly word: number;
  /** The word as it was typed. */
  readonly from: string;
  /** A word that documents have. */
  readonly to: string;
}
