/** All expressions of a text: their keys index the documents, and extend the words of a query. */
import { amountsIn } from './amounts.ts';
import { datesIn } from './dates.ts';
import type { Expression } from './expression.ts';
import { joinedIn } from './joined.ts';

/** Expressions ordered by start, the longest first; they may overlap. `text` is in the search form. */
export function expressionsOf(text: string): Expression[] {
  return [...datesIn(text), ...amountsIn(text), ...joinedIn(text)].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
}

/** Keys that a passage with this text is indexed under, with their counts. */
export function expressionCountsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  // The passage's own words find plain ones already.
  for (const { keys } of [...datesIn(text), ...amountsIn(text), ...joinedIn(text, 'withoutPlainWords')])
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The places of expressions that have one of these keys, in order. */
export function placesOfExpressions(
  text: string,
  keys: ReadonlySet<string>,
): readonly Pick<Expression, 'start' | 'end'>[] {
  return expressionsOf(text).filter(expression => expression.keys.some(key => keys.has(key)));
}
