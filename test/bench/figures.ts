/** What a bench gives back, and the arithmetic that they share. */
export interface Figure {
  readonly name: string;
  /** Null where it could not be measured; `note` says why. */
  readonly value: number | boolean | null;
  readonly unit: string;
  /** The limit to hold, where there is one: smaller is better. */
  readonly limit?: number;
  readonly note?: string;
}

export interface BenchOptions {
  /** The folder of documents. */
  readonly folder: string;
  /** Where its index lives or is made. */
  readonly store: string;
  /** The production build under test. */
  readonly programs: string;
  readonly model: string;
  readonly version: string;
}

export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>;

/** Nearest rank, `share` in 0..1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
