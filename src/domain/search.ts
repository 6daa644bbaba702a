/** A search, and its answer. */
import type { Channel } from './channel.ts';
import type { FileFilter } from './fileFilter.ts';
import type { Hit } from './hit.ts';
import type { QueryChip, QueryNotice, QuerySuggestion, QueryTerm, QueryWord } from './query.ts';
import type { QueryRewriting } from './rewriting.ts';
import type { TeamAnswer } from './team/team.ts';

/** The request of a search, one type from the surfaces to the engine, so that no layer copies its fields. */
export interface SearchRequest {
  /** Folders to search, absolute paths; each must have been opened with `OpenFoldersRequest`. */
  readonly folders: readonly string[];
  readonly query: string;
  /** Maximum number of passages, 1..200. */
  readonly limit: number;
  readonly channel: Channel;
  /** Hits below this share of the best score (0..1) are left out. Default 0.2; 0 keeps all. */
  readonly floor?: number;
  readonly filter?: FileFilter;
  /** True where the query is text as it stands (a selection, a paragraph), so that nothing in it is an operator. */
  readonly plain?: boolean;
  /** True while the query is still being typed: its last word may be unfinished. */
  readonly typing?: boolean;
  /** Ids of rewritings that the user removed. */
  readonly withoutRewritings?: readonly string[];
  /** No literal hits come first: the same query with other weights is on the screen. */
  readonly finalOnly?: boolean;
}

/** The request of a surface; the code that passes it on knows which folders are open. */
export type SearchQuery = Omit<SearchRequest, 'folders'>;

export interface SearchResult {
  /** `literal` results come as progress, at once; `final` is the request's answer. */
  readonly stage: 'lexical' | 'final';
  /** Fingerprint of the model that the term dimensions belong to; null without a model. */
  readonly model: string | null;
  /** The clauses of the query, and the notices about what was not understood. */
  readonly chips: readonly QueryChip[];
  readonly queryNotices: readonly QueryNotice[];
  /** Clauses that the user may have meant, to be turned on by a click. */
  readonly suggestions: readonly QuerySuggestion[];
  /** Other forms that were searched for and found, most likely first for each word. */
  readonly rewritings: readonly QueryRewriting[];
  readonly words: readonly QueryWord[];
  /** The query's terms, heaviest first. */
  readonly terms: readonly QueryTerm[];
  /** Hits, best first. */
  readonly hits: readonly Hit[];
  /** The hits after these, too weak to be answers: they are folded away. Best first. */
  readonly further: readonly Hit[];
  /** The result without the query's clauses, where the clauses left nothing. */
  readonly unconditional: UnconditionalResult | null;
  /**
   * Number of passages with a score above zero. Where a phrase was asked for, those not verified beyond the
   * hits are counted as well.
   */
  readonly total: number;
  /** Milliseconds spent inside the engine. */
  readonly milliseconds: number;
  /** The answers of the caller's team servers; absent where there are none. */
  readonly team?: readonly TeamAnswer[];
  /**
   * Set when the semantic channel or a team's server could not take part, with the reason (already localised).
   */
  readonly notice: string | null;
}

export interface UnconditionalResult {
  /** The query's words without its clauses. */
  readonly query: string;
  readonly hits: readonly Hit[];
  readonly total: number;
}

/** Asks for passages that say something like another one, by the vectors that the index has: no model is run. */
export interface RelatedRequest {
  /** Folders to look in, absolute paths of open ones. */
  readonly folders: readonly string[];
  /** The file that others are to be like: its folder, and its path in it. */
  readonly folder: string;
  readonly file: string;
  /** Zero-based line of the passage; null: the file as a whole. */
  readonly line: number | null;
  /** 1..200. */
  readonly limit: number;
}

export interface RelatedResult {
  /** `pending`: its vectors are to come; `notIndexed`: there is no passage of it, or no model. */
  readonly state: 'found' | 'pending' | 'notIndexed';
  /** The passage that stands at the line; null for a file. */
  readonly passage: {
    readonly text: string;
    readonly headings: readonly string[];
    readonly line: number;
    readonly endLine: number;
  } | null;
  /** Fingerprint of the model whose vectors these are. */
  readonly model: string | null;
  readonly words: readonly QueryWord[];
  readonly terms: readonly QueryTerm[];
  /**
   * Passages of other files, most alike first. Their contributions name what they share; a score of 10 is one that
   * has most of what this one says.
   */
  readonly hits: readonly Hit[];
  readonly milliseconds: number;
}

export type FacetKind = 'concept' | 'folder' | 'type' | 'tag' | 'month';

/** A way to narrow results down. */
export interface FacetValue {
  readonly kind: FacetKind;
  readonly name: string;
  /** Hits that have it. */
  readonly count: number;
  /** Added to the query, it leaves out the hits that don't have it. */
  readonly operator: string;
}
