/** The port through which the store turns a checkpoint into a model folder. */
export type Quantisation = 'auto' | 'fp32' | 'w8' | 'u8' | 's7';

export const QUANTISATIONS: readonly Quantisation[] = ['auto', 'fp32', 'w8', 'u8', 's7'];

export interface ConvertProgress {
  readonly step: 'weights' | 'fidelity' | 'checksums';
  readonly done: number;
  readonly total: number;
}

export interface ConvertRequest {
  /** Folder with config.json, tokenizer.json and *.safetensors. */
  readonly checkpoint: string;
  /** Model folder to write: must not exist, appears whole, and an interrupted conversion goes on where it was. */
  readonly out: string;
  readonly identity?: { readonly name?: string; readonly revision?: string; readonly license?: string };
  readonly quantisation: Quantisation;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ConvertProgress) => void;
}

export type Converter = (request: ConvertRequest) => Promise<void>;
