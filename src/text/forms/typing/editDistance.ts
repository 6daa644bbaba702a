/**
 * Number of wrong keystrokes: one left out, one too many, one for another, or two neighbours exchanged
 * (optimal string alignment: Damerau 1964, no substring edited twice).
 */

/** The distance of two strings in UTF-16 units, or `limit + 1` as soon as it is known to exceed `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const width = b.length + 1;
  let beforeLast = new Uint8Array(width);
  let last = new Uint8Array(width);
  let row = new Uint8Array(width);
  for (let j = 0; j < width; j++) last[j] = Math.min(255, j);
  for (let i = 1; i <= a.length; i++) {
    row[0] = Math.min(255, i);
    let least = row[0];
    for (let j = 1; j < width; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      const exchanged =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (exchanged) cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row[j] = Math.min(255, cost);
      least = Math.min(least, cost);
    }
    // An exchange can still reach back over this row at a cost of one, so the row must exceed the limit by
    // that one.
    if (least > limit + 1) return limit + 1;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(last[b.length]!, limit + 1);
}
