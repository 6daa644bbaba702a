/** Relevance feedback: the marks that a person gives to hits. */

/** `null` removes an earlier mark. */
export type Verdict = 'relevant' | 'notRelevant' | null;

/** The user marks one hit. The mark is kept in the user's data folder and sent nowhere. */
export interface JudgeParams {
  /** Absolute path of the open folder, as in the hit. */
  readonly folder: string;
  readonly query: string;
  readonly file: string;
  readonly headings: readonly string[];
  readonly text: string;
  readonly verdict: Verdict;
}
