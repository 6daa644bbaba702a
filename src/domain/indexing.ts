/** What a person says of when, and of what first, documents are worked on. */

export interface IndexingSettings {
  /** Of the processor, for the model: 0.1 to 1. */
  readonly share: number;
  /** While the machine runs on its battery, no meaning is added; what is read is found by its letters all the same. */
  readonly pauseOnBattery: boolean;
}

export const DEFAULT_INDEXING: IndexingSettings = { share: 1, pauseOnBattery: false };

/** What is under a folder of the disk comes before all else; `direct`: only what stands in it itself. */
export interface PreferParams {
  /** Absolute. */
  readonly path: string;
  readonly direct: boolean;
}
