/** What was read from a query: its words, conditions, suggestions and remarks. */
import type { TermId } from './termId.ts';
import type { TextRange } from './textRange.ts';

/** One dimension or word of the analysed query. */
export interface QueryTerm {
  readonly id: TermId;
  readonly token: string;
  readonly weight: number;
  /** Index into `SearchResult.words`. */
  readonly word: number;
  /** True if the model added it; false if it stands in the query. */
  readonly expansion: boolean;
}

/** A surface word of the query: what the user typed, the unit that gets a colour. */
export interface QueryWord {
  readonly text: string;
  readonly range: TextRange;
}

/** What a part of a query asks for; `word`, `phrase` and `heading` are literal, `meaning` is not. */
export type QueryChipKind =
  'word' | 'phrase' | 'meaning' | 'weight' | 'path' | 'extension' | 'tag' | 'heading' | 'modified';

/** A part of the query that is more than words to look for: an operator. */
export interface QueryChip {
  readonly kind: QueryChipKind;
  /** What it says must not hold. */
  readonly negative: boolean;
  /** As the person wrote it, without the operator; formats as extensions ("hwp, hwpx"). */
  readonly text: string;
  /** Its place in the query. Chips are in order and do not overlap. */
  readonly range: TextRange;
  /** How much more its words count; 1 where nothing was said. */
  readonly weight: number;
  /** For `modified`: `from <= time < before`, ms since 1970, each where it was said. */
  readonly modified: { readonly from: number | null; readonly before: number | null } | null;
  /** The query without it: every other chip stays. */
  readonly without: string;
}

/** A condition that plain words of the query may stand for (지난주 수정한, PDF만). It is off: the words are words. */
export interface QuerySuggestion extends Pick<
  QueryChip,
  'kind' | 'negative' | 'text' | 'range' | 'modified'
> {
  /** The query with the condition turned on: an operator in place of the words. */
  readonly query: string;
}

/** What was taken as text, or left out, and why (`needsMeaning`: `~-`, without the semantic channel). Data. */
export type QueryNoticeKind =
  | 'unclosedQuote'
  | 'emptyQuote'
  | 'operatorWithoutWord'
  | 'weightWithoutNumber'
  | 'weightBounded'
  | 'weightUnused'
  | 'fieldWithoutValue'
  | 'unknownField'
  | 'unknownDate'
  | 'unknownPath'
  | 'unknownExtension'
  | 'unknownTag'
  | 'tooManyParts'
  | 'tooLong'
  | 'needsMeaning';

export interface QueryNotice {
  readonly kind: QueryNoticeKind;
  /** Its place in the query. */
  readonly range: TextRange;
}
