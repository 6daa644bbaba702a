/** Retrieval metrics over graded judgements. */

/** query id -> document id -> grade (> 0 is relevant). */
export type Judgements = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * Normalised discounted cumulative gain of the first `k` (Järvelin & Kekäläinen, TOIS 2002; gains 2^grade - 1
 * as in Burges et al., ICML 2005), 0..1; 0 where no document is relevant.
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

/** Documents of a query, best first, and its judgements. */
export interface Judged {
  readonly ranked: readonly string[];
  readonly grades: ReadonlyMap<string, number>;
}

export const METRICS = ['ndcg@1', 'ndcg@3', 'ndcg@5', 'ndcg@10', 'recall@10', 'recall@100'] as const;
export type Figures = Readonly<Record<(typeof METRICS)[number], number>>;

/** Means over the queries; 0 where there are none. */
export function figuresOf(queries: readonly Judged[]): Figures {
  const mean = (metric: typeof ndcg, k: number): number =>
    queries.reduce((sum, { ranked, grades }) => sum + metric(ranked, grades, k), 0) /
    Math.max(1, queries.length);
  return {
    'ndcg@1': mean(ndcg, 1),
    'ndcg@3': mean(ndcg, 3),
    'ndcg@5': mean(ndcg, 5),
    'ndcg@10': mean(ndcg, 10),
    'recall@10': mean(recall, 10),
    'recall@100': mean(recall, 100),
  };
}
