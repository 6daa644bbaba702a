/**
 * Rounds `values` to `decimals` places so that the shown values add up to the rounded total, as a reader who sums the
 * bars expects (largest remainder method: each value moves by less than one unit).
 *
 * @param total The exact sum of `values`.
 */
export function roundToSum(values: readonly number[], total: number, decimals: number): readonly number[] {
  const unit = 10 ** decimals;
  const scaled = values.map(value => value * unit);
  const floors = scaled.map(Math.floor);
  let missing = Math.round(total * unit) - floors.reduce((sum, floor) => sum + floor, 0);
  const byRemainder = scaled
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    floors[index]! += 1;
    missing -= 1;
  }
  return floors.map(floor => floor / unit);
}

/** Decimal places that tell the scores of one result apart: 2 for scores like 9.42, more below 1. */
export function scoreDecimals(best: number): number {
  // The hit was found by conditions alone, so nothing was scored.
  if (best === 0) return 0;
  if (best >= 100) return 1;
  if (best >= 1) return 2;
  return best >= 0.1 ? 3 : 4;
}
