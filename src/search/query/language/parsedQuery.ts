/** A query taken apart by its language. */
import type { FileFilter } from '../../../domain/fileFilter.ts';
import type { QueryChip, QueryNotice, QueryNoticeKind, QuerySuggestion } from '../../../domain/query.ts';
import type { TextRange } from '../../../domain/textRange.ts';
import type { MappedText } from '../../../text/normalize.ts';

export interface LiteralCondition {
  /** As written: compared in the search form, without regard to blanks. */
  readonly text: string;
  readonly negative: boolean;
}

/** What some of a query's chips let in. */
export interface QueryConditions {
  /** Paths, extensions and times of the files looked at. */
  readonly filter: FileFilter;
  /** What a passage, its headings or its file's name must have, or must not. */
  readonly literals: readonly LiteralCondition[];
  readonly headings: readonly LiteralCondition[];
  readonly tags: readonly LiteralCondition[];
  /** Texts whose meaning a passage must not have. */
  readonly negativeQueries: readonly string[];
}

export interface ParsedQuery extends QueryConditions {
  readonly text: string;
  readonly chips: readonly QueryChip[];
  /** Conditions that plain words may stand for. None of them holds until the person turns it on. */
  readonly suggestions: readonly QuerySuggestion[];
  readonly notices: readonly QueryNotice[];
  /** As long as `text`, blanks in place of what is no word to look for: places in it are places in `text`. */
  readonly searched: string;
  /** `searched` in its search form: a query is normalised once. */
  readonly searchForm: MappedText;
  /** Words in these ranges count so many times. */
  readonly weights: readonly { readonly range: TextRange; readonly weight: number }[];
}

/** A part found in the query's search form, whose offsets these are. */
export interface Part {
  readonly kind: QueryChip['kind'];
  readonly negative: boolean;
  readonly start: number;
  readonly end: number;
  /** What it says, without operator and quotation marks. */
  readonly value: Span;
  /** `value` is among the words to look for. */
  readonly searched: boolean;
  readonly weight: number;
  readonly modified: { readonly from: number | null; readonly before: number | null } | null;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A notice with offsets of the search form. */
export interface Remark extends Span {
  readonly kind: QueryNoticeKind;
}

export interface Found {
  readonly parts: readonly Part[];
  /** Parts that only may be meant: they are offered, and their words stay words. */
  readonly offers: readonly Part[];
  readonly remarks: readonly Remark[];
}

const PLAIN = {
  negative: false,
  searched: false,
  weight: 1,
  modified: null,
} as const;

export function part(own: Pick<Part, 'kind' | 'start' | 'end' | 'value'> & Partial<Part>): Part {
  return { ...PLAIN, ...own };
}
