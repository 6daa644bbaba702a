/** What a person says of a hit. */

/** `null` takes back what was said. */
export type Verdict = 'right' | 'wrong' | null;

/** What the user says of a hit: kept in the user's data folder, sent nowhere. */
export interface JudgeParams {
  /** Absolute path of the open folder, as in the hit. */
  readonly folder: string;
  readonly query: string;
  readonly file: string;
  readonly headings: readonly string[];
  readonly text: string;
  readonly verdict: Verdict;
}
