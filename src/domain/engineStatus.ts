/** What the engine is doing, and which model answers. */

export type EngineActivity = 'starting' | 'scanning' | 'indexing' | 'idle' | 'paused' | 'failed';

export interface EngineStatus {
  readonly activity: EngineActivity;
  /** Why no meaning is added at the moment, although there is something to do; absent where it is. */
  readonly resting?: 'battery';
  /** A file that is being worked on, relative to its folder. */
  readonly current?: string;
  /** Files already settled and files known, over the client's folders: found by letters and by meaning. */
  readonly done: number;
  readonly total: number;
  /** Of `total`, files that are read: they are found by their letters. */
  readonly read: number;
  readonly documents: number;
  readonly passages: number;
  readonly failed: number;
  readonly skipped: number;
  /** Size of the indexes, on disk and in memory. */
  readonly bytes: number;
  /**
   * Measured encoding speed, 0 until known; and seconds left at the speed so far, null if unknown: of reading while
   * there is something to read, then of encoding.
   */
  readonly tokensPerSecond: number;
  readonly secondsLeft: number | null;
  readonly model: ModelInfo | null;
  /** Another model that is being made ready: until its indexes are whole, `model` answers. */
  readonly switching: ModelTransition | null;
  /** A model that is being brought in. */
  readonly job: ModelJob | null;
  /** A message to show (already localised) when `activity` is `failed` or an index was repaired. */
  readonly problem: string | null;
}

export interface ModelInfo {
  readonly name: string;
  readonly revision: string;
  readonly license: string;
  readonly dimensions: number;
  readonly fingerprint: string;
}

export interface ModelTransition {
  /** Name of the model that is being made ready. */
  readonly name: string;
  /** Files of all open folders settled for it, and known. */
  readonly done: number;
  readonly total: number;
  /** At the speed measured on this machine; null until known. */
  readonly secondsLeft: number | null;
}

export type ModelJobStep = 'download' | 'unpack' | 'copy' | 'fidelity' | 'weights' | 'checksums';

export interface ModelJob {
  readonly kind: 'download' | 'import';
  /** The hub's id, or the file's or folder's name. */
  readonly name: string;
  readonly step: ModelJobStep;
  /** Units of the step: bytes, stages or files. */
  readonly done: number;
  readonly total: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}
