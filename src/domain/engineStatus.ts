/** The engine's current work, and the model that answers. */

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
  /** Files of `total` that have been read, so that the lexical channel finds them. */
  readonly read: number;
  readonly documents: number;
  readonly passages: number;
  readonly failed: number;
  readonly skipped: number;
  /** Bytes that the indexes take, on disk and in memory. */
  readonly bytes: number;
  /**
   * Measured encoding speed, 0 until known, and the seconds left at that speed, null until known. The time
   * left is that of reading while files remain to be read, then that of encoding.
   */
  readonly tokensPerSecond: number;
  readonly secondsLeft: number | null;
  readonly model: ModelInfo | null;
  /** Another model that is being prepared; `model` answers until all of its indexes are complete. */
  readonly switching: ModelTransition | null;
  /** A model that is being downloaded, imported or converted. */
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
  /** Name of the model that is being prepared. */
  readonly name: string;
  /** Files of all open folders that are processed for it, and files known. */
  readonly done: number;
  readonly total: number;
  /** Seconds left at the speed measured on this machine; null until known. */
  readonly secondsLeft: number | null;
}

export type ModelJobStep = 'download' | 'unpack' | 'copy' | 'fidelity' | 'weights' | 'checksums';

export interface ModelJob {
  readonly kind: 'download' | 'import';
  /** The hub's id of the model, or the name of the file or folder. */
  readonly name: string;
  readonly step: ModelJobStep;
  /** Progress of the step, in its own units: bytes, stages or files. */
  readonly done: number;
  readonly total: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}
