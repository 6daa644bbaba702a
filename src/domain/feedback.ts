/** Relevance feedback: the marks that a person gives to hits. */

/** A mark; `null` removes an earlier one. */
export type Verdict = 'relevant' | 'notRelevant' | null;

/** One mark that the user gives to a hit. It is kept in the user's data folder and sent nowhere. */
export interface JudgeParams {
  /** Absolute path of the open folder, as in the hit; `teamFolder` for a document of a team. */
  readonly folder: string;
  readonly query: string;
  readonly file: string;
  readonly headings: readonly string[];
  readonly text: string;
  readonly verdict: Verdict;
}
