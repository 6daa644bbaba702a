/** Retrieval metrics over graded judgements. */

/** query id -> document id -> grade (> 0 is relevant). */
export type Judgements = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * Normalised discounted cumulative gain of the first `k` (Järvelin & Kekäläinen, TOIS 2002; gains
 * 2^grade - 1 as in Burges et al., ICML 2005). 0..1; 0 where nothing is relevant.
 */
export function ndcg(ranked: readonly string[], grades: ReadonlyMap<string, number>, k: number): number {
  const discounted = (gains: readonly number[]): number =>
    gains.slice(0, k).reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);
  const ideal = discounted([...grades.values()].sort((a, b) => b - a));
  return ideal === 0 ? 0 : discounted(ranked.map(id => grades.get(id) ?? 0)) / ideal;
}

/** Share of the relevant documents among the first `k`. */
export function recall(ranked: readonly string[], grades: ReadonlyMap<string, number>, k: number): number {
  const relevant = [...grades].filter(([, grade]) => grade > 0);
  if (relevant.length === 0) return 0;
  const found = new Set(ranked.slice(0, k));
  return relevant.filter(([id]) => found.has(id)).length / relevant.length;
}

/** The value below which a share `p` (0..1) of the values lies. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
}
