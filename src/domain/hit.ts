/** What a search finds, and why. */
import type { TermId } from './termId.ts';
import type { PassagePlace, PassageText } from './passage.ts';
import type { HitOrigin } from './team/team.ts';
import type { TextRange } from './textRange.ts';

/**
 * How a contribution came about:
 * - `literal`: the word stands in the query and in the passage;
 * - `name`: the query is the name of the passage's file (of one that waits, its words stand in name or folders);
 * - `rewritten`: the passage has another form of the word (`SearchResult.rewritings`);
 * - `queryExpansion`: the model added it to the query, and the passage has it;
 * - `documentExpansion`: it stands in the query, and the model added it to the passage;
 * - `bothExpansion`: the model added it on both sides.
 */
export type MatchKind =
  'literal' | 'name' | 'rewritten' | 'queryExpansion' | 'documentExpansion' | 'bothExpansion';

/** One addend of a hit's score. The `value`s of a hit sum to its `score` (within 1e-6). */
export interface Contribution {
  readonly id: TermId;
  /** What matched: a query word (lexical) or a model dimension's display name (semantic). */
  readonly token: string;
  readonly channel: 'lexical' | 'semantic';
  readonly kind: MatchKind;
  /** Index into `SearchResult.words` of the query word it answers. */
  readonly word: number;
  /** Weight on the query's side, before the channel's constant. */
  readonly query: number;
  /** Weight on the passage's side. */
  readonly passage: number;
  readonly value: number;
  /** Places in the hit's `text` that carry it; empty where the word stands in the headings only. */
  readonly ranges: readonly TextRange[];
}

export interface Hit extends PassagePlace, PassageText {
  /** Identifies the passage until its file changes: stable across searches. */
  readonly id: string;
  /** Absolute path of the folder that was indexed; for a team's document that is not here, `teamFolder`. */
  readonly folder: string;
  /** Path relative to the folder, `/`-separated. */
  readonly file: string;
  readonly score: number;
  /** Complete and sorted by `value`, largest first. */
  readonly contributions: readonly Contribution[];
  /** What the user said of it when the same query found it. */
  readonly verdict?: 'right' | 'wrong';
  /** Found by its letters alone: what it means is not known yet. */
  readonly pending?: true;
  /** The file is listed and not read yet: it is found by its name, and there is no passage to show. */
  readonly waiting?: true;
  /** It is of a team's index. */
  readonly origin?: HitOrigin;
}
