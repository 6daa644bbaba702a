/** A passage that a search found, and why. */
import type { TermId } from './termId.ts';
import type { PassagePlace, PassageText } from './passage.ts';
import type { HitOrigin } from './team/team.ts';
import type { TextRange } from './textRange.ts';

/**
 * How a contribution came about:
 * - `literal`: the word stands in the query and in the passage;
 * - `name`: the query is the name of the passage's file (of a waiting file: its words stand in the name or
 *   the folders);
 * - `rewritten`: the passage has another form of the word (`SearchResult.rewritings`);
 * - `queryExpansion`: the model added the term to the query, and the passage has it;
 * - `documentExpansion`: the query has the term, and the model added it to the passage;
 * - `bothExpansion`: the model added the term on both sides.
 */
export type MatchKind =
  'literal' | 'name' | 'rewritten' | 'queryExpansion' | 'documentExpansion' | 'bothExpansion';

/** One addend of a hit's score. The `value`s of a hit sum to its `score` (within 1e-6). */
export interface Contribution {
  readonly id: TermId;
  /** The matching term: a query word (lexical) or the display name of a model dimension (semantic). */
  readonly token: string;
  readonly channel: 'lexical' | 'semantic';
  readonly kind: MatchKind;
  /** Index into `SearchResult.words` of the query word that it belongs to. */
  readonly word: number;
  /** Weight on the query's side, before the channel's constant. */
  readonly query: number;
  /** Weight on the passage's side. */
  readonly passage: number;
  readonly value: number;
  /** Places of the term in the hit's `text`; empty where the word stands only in the headings. */
  readonly ranges: readonly TextRange[];
}

export interface Hit extends PassagePlace, PassageText {
  /** Identifies the passage across searches until its file changes. */
  readonly id: string;
  /** Absolute path of the folder that was indexed; for a team's document that is not here, `teamFolder`. */
  readonly folder: string;
  /** Path relative to the folder, `/`-separated. */
  readonly file: string;
  /** When the file was last changed (ms since 1970), and its tags; absent where the file is not read yet. */
  readonly modified?: number;
  readonly tags?: readonly string[];
  readonly score: number;
  /** All addends of the score, sorted by `value`, largest first. */
  readonly contributions: readonly Contribution[];
  /** The user's mark on this hit for the same query. */
  readonly verdict?: 'relevant' | 'notRelevant';
  /** True while the passage has no vector yet, so that only the lexical channel finds it. */
  readonly pending?: true;
  /** True for a file that is listed and not read yet: it is found by its name, and there is no passage to show. */
  readonly waiting?: true;
  /** It is of a team's index. */
  readonly origin?: HitOrigin;
}
