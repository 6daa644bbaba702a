/** The person's wishes about indexing: when documents are worked on, and which of them first. */

export interface IndexingSettings {
  /** The share of the processor that the model may take: 0.1 to 1. */
  readonly share: number;
  /** While the machine runs on its battery, no meaning is added; what is read is found by its letters all the same. */
  readonly pauseOnBattery: boolean;
}

export const DEFAULT_INDEXING: IndexingSettings = { share: 1, pauseOnBattery: false };

/** Files under a folder of the disk come before all others; `direct`: only those that stand in it itself. */
export interface PreferParams {
  /** Absolute. */
  readonly path: string;
  readonly direct: boolean;
}
