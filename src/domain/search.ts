/** A search, and its answer. */
import type { Channel } from './channel.ts';
import type { FileFilter } from './fileFilter.ts';
import type { Hit } from './hit.ts';
import type { QueryChip, QueryNotice, QuerySuggestion, QueryTerm, QueryWord } from './query.ts';
import type { QueryRewriting } from './rewriting.ts';
import type { TeamAnswer } from './team/team.ts';

/** One type from the surfaces to the engine: nobody copies its fields. */
export interface SearchRequest {
  /** Folders to search, absolute paths; each must have been opened with `OpenFoldersRequest`. */
  readonly folders: readonly string[];
  readonly query: string;
  /** How many passages at most. 1..200. */
  readonly limit: number;
  readonly channel: Channel;
  /** Hits below this share of the best score are left out, 0..1. Default 0.2; 0 keeps all. */
  readonly floor?: number;
  readonly filter?: FileFilter;
  /** The query is text as it stands (a selection, a paragraph): nothing in it is an operator. */
  readonly plain?: boolean;
  /** The query is still being typed: its last word may be the beginning of one. */
  readonly typing?: boolean;
  /** Ids of rewritings that are not wanted. */
  readonly withoutRewritings?: readonly string[];
}

/** What a surface asks for; which folders are open is known to the one that passes it on. */
export type SearchQuery = Omit<SearchRequest, 'folders'>;

export interface SearchResult {
  /** `literal` results come as progress, at once; `final` is the request's answer. */
  readonly stage: 'literal' | 'final';
  /** Fingerprint of the model that the dimensions among the terms are of; null without one. */
  readonly model: string | null;
  /** What the query asks for besides its words, and what of it was not understood. */
  readonly chips: readonly QueryChip[];
  readonly queryNotices: readonly QueryNotice[];
  /** Conditions that may be meant, for the person to turn on. */
  readonly suggestions: readonly QuerySuggestion[];
  /** What its words were also looked for as, of what was found: most likely first for each word. */
  readonly rewritings: readonly QueryRewriting[];
  readonly words: readonly QueryWord[];
  /** The query's terms, heaviest first. */
  readonly terms: readonly QueryTerm[];
  /** Best first. */
  readonly hits: readonly Hit[];
  /** What comes after them and has too little of the query to be an answer: to be folded away. Best first. */
  readonly further: readonly Hit[];
  /** Where the query's conditions left nothing: how it would be without them. */
  readonly unconditional: UnconditionalResult | null;
  /** Passages with a score above zero; where a phrase was asked for, beyond the hits those that may have it. */
  readonly total: number;
  /** Time inside the engine. */
  readonly milliseconds: number;
  /** What became of asking the caller's team servers; absent where there are none. */
  readonly team?: readonly TeamAnswer[];
  /**
   * Set when the semantic channel or a team's server could not take part, with the reason (already localised).
   */
  readonly notice: string | null;
}

export interface UnconditionalResult {
  /** The words of the query without its conditions. */
  readonly query: string;
  readonly hits: readonly Hit[];
  readonly total: number;
}
