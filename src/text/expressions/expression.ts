/** Expressions that people write in several ways: a date, an amount, or a number or name with or without hyphens. */

export type ExpressionKind = 'date' | 'amount' | 'joined';

export interface Expression {
  readonly kind: ExpressionKind;
  /** Span in the text, which must be in the search form. */
  readonly start: number;
  readonly end: number;
  /** Keys that a passage with the expression is indexed under, the same for every way of writing it. */
  readonly keys: readonly string[];
  /** Keys that a query with the expression looks for, best first. */
  readonly wanted: readonly string[];
  /** Two ways of writing it for display, so that at least one differs from what was typed. */
  readonly names: readonly [string, string];
}
