/** The port through which the store turns a checkpoint into a model folder. */
import type { ModelQuantisation } from '../../domain/models.ts';
import type { ModelFolder } from '../modelFolder.ts';

export type Quantisation = ModelQuantisation;

export const QUANTISATIONS: readonly Quantisation[] = ['auto', 'fp32', 'w8', 'u8', 's7', 's4'];

export interface ConvertProgress {
  readonly step: 'weights' | 'fidelity' | 'checksums';
  readonly done: number;
  readonly total: number;
}

export interface ConvertRequest {
  /** Folder with config.json, tokenizer.json and *.safetensors. */
  readonly checkpoint: string;
  /**
   * Model folder to write: it must not exist, and appears complete. A later run continues with `<out>.partial` beside
   * it.
   */
  readonly out: string;
  readonly identity?: { readonly name?: string; readonly revision?: string; readonly license?: string };
  readonly quantisation: Quantisation;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: ConvertProgress) => void;
}

/** Tries a complete model folder before it gets its name; rejects with `UserError` (`modelUnusable`). */
export type ModelProbe = (folder: ModelFolder) => Promise<void>;

export type Converter = (request: ConvertRequest) => Promise<void>;
