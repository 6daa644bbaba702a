/** A query parsed by its language. */
import type { FileFilter } from '../../../domain/fileFilter.ts';
import type { QueryChip, QueryNotice, QueryNoticeKind, QuerySuggestion } from '../../../domain/query.ts';
import type { TextRange } from '../../../domain/textRange.ts';
import type { MappedText } from '../../../text/normalize.ts';

export interface LiteralCondition {
  /** The text as written; it is compared in the search form, ignoring blanks. */
  readonly text: string;
  readonly negative: boolean;
}

/** The conditions of some of a query's chips. */
export interface QueryConditions {
  /** Paths, extensions and times of the files to search. */
  readonly filter: FileFilter;
  /** Phrases that a passage, its headings or its file's name must have, or must not have. */
  readonly literals: readonly LiteralCondition[];
  readonly headings: readonly LiteralCondition[];
  readonly tags: readonly LiteralCondition[];
  /** Texts whose meaning a passage must not have. */
  readonly negativeQueries: readonly string[];
}

export interface ParsedQuery extends QueryConditions {
  readonly text: string;
  readonly chips: readonly QueryChip[];
  /** Conditions that plain words may stand for. None of them applies until the person turns it on. */
  readonly suggestions: readonly QuerySuggestion[];
  readonly notices: readonly QueryNotice[];
  /** As long as `text`, with blanks in place of operators, so that offsets in it are offsets in `text`. */
  readonly searched: string;
  /** `searched` in its search form; a query is normalised once. */
  readonly searchForm: MappedText;
  /** Factors on the words in these ranges. */
  readonly weights: readonly WeighedRange[];
  /** Words that are looked for and that the model does not read. */
  readonly added: readonly WeighedRange[];
  /** The model's dimensions with the weights that they have instead of the model's. */
  readonly dimensions: readonly (WeighedRange & { readonly name: string })[];
  /**
   * As long as `text`: what the model reads, with `LEFT_OUT` in place of what steers, so that it reads the same with it
   * and without.
   */
  readonly read: string;
}

export interface WeighedRange {
  readonly range: TextRange;
  readonly weight: number;
}

/** No character: it stands in no text. */
export const LEFT_OUT = '\uffff';

/** Kinds of clauses that steer a query, and ask for nothing else. */
export const STEERING: ReadonlySet<QueryChip['kind']> = new Set(['weight', 'dimension', 'added']);

/** A part of the query, with offsets in its search form. */
export interface Part {
  readonly kind: QueryChip['kind'];
  readonly negative: boolean;
  readonly start: number;
  readonly end: number;
  /** The operand, without operator and quotation marks. */
  readonly value: Span;
  /** True where `value` is among the words to search for. */
  readonly searched: boolean;
  readonly weight: number;
  readonly modified: { readonly from: number | null; readonly before: number | null } | null;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A notice with offsets in the search form. */
export interface Remark extends Span {
  readonly kind: QueryNoticeKind;
}

export interface Found {
  readonly parts: readonly Part[];
  /** Parts that may be meant: they are offered, and their words stay words. */
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
