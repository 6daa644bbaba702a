/** Things that people write in several ways: a date, an amount, a number or name with or without its hyphens. */

export type ExpressionKind = 'date' | 'amount' | 'joined';

export interface Expression {
  readonly kind: ExpressionKind;
  /** Span in the text, which is in the search form. */
  readonly start: number;
  readonly end: number;
  /** What a passage that has it is found by: the same for every way of writing it. */
  readonly keys: readonly string[];
  /** What a query that has it looks for, best first. */
  readonly wanted: readonly string[];
  /** How it is named to a person: two ways of writing it, so that one is not what was typed. */
  readonly names: readonly [string, string];
}
