/** The parts of an analysed query: its words, clauses, suggestions and notices. */
import type { TermId } from './termId.ts';
import type { TextRange } from './textRange.ts';

/** One dimension or word of the analysed query. */
export interface QueryTerm {
  readonly id: TermId;
  readonly token: string;
  /** Its name in a query (`뜻:휴가^1.4`): the token, with the dimension's number where the token is not enough. */
  readonly written: string;
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

/**
 * The kind of a clause in a query; `word`, `phrase` and `heading` are literal, `meaning` is not. `weight`, `dimension`
 * and `added` steer: they hide nothing, and the model reads the query as though they were not there.
 */
export type QueryChipKind =
  | 'word'
  | 'phrase'
  | 'meaning'
  | 'weight'
  | 'dimension'
  | 'added'
  | 'path'
  | 'extension'
  | 'tag'
  | 'heading'
  | 'modified';

/** A number of passages that match the query's words. */
export interface HiddenCount {
  readonly count: number;
  /** False where some passages' texts would have to be read first. */
  readonly isExact: boolean;
}

/** A part of the query that is an operator rather than words to search for. */
export interface QueryChip {
  readonly kind: QueryChipKind;
  /** True where the clause must not hold. */
  readonly negative: boolean;
  /** The operand as the person wrote it; formats are given as extensions ("hwp, hwpx"). */
  readonly text: string;
  /** Its place in the query. Chips are in order and do not overlap. */
  readonly range: TextRange;
  /** How many times its words count; 1 where nothing was said. Of a `dimension`: its weight in the query. */
  readonly weight: number;
  /** For `modified`: `from <= time < before`, ms since 1970; each is null where it was not given. */
  readonly modified: { readonly from: number | null; readonly before: number | null } | null;
  /** The query without this clause; every other clause stays. */
  readonly without: string;
  /** The passages that it alone hides, once a search is final; absent where nobody has counted them. */
  readonly hides?: HiddenCount;
}

/**
 * A clause that plain words of the query may stand for (지난주 수정한, PDF만). It is off: the words are searched as
 * words.
 */
export interface QuerySuggestion extends Pick<
  QueryChip,
  'kind' | 'negative' | 'text' | 'range' | 'modified'
> {
  /** The query with the condition turned on: an operator in place of the words. */
  readonly query: string;
}

/**
 * The reason why a part of the query was taken as text or left out (`needsMeaning`: `~-` without the semantic
 * channel). It is data; the client words it.
 */
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
  | 'unknownDimension'
  | 'tooManyParts'
  | 'tooLong'
  | 'needsMeaning';

export interface QueryNotice {
  readonly kind: QueryNoticeKind;
  /** Its place in the query. */
  readonly range: TextRange;
}
