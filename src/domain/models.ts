/** Models that are installed or can be downloaded. */

export interface ModelEntry {
  readonly name: string;
  readonly revision: string;
  readonly license: string;
  readonly languages: readonly string[];
  readonly bytes: number;
  readonly quantisation: string;
  /** True for the model that comes with Malmoi. */
  readonly embedded: boolean;
  readonly selected: boolean;
  /** True where every open folder has an index of this model, so that only changed files have to be encoded. */
  readonly indexed: boolean;
}

/** A model that can be downloaded. Sizes are approximate until `HubListingRequest` has asked. */
export interface KnownModelEntry {
  readonly id: string;
  readonly license: string;
  readonly bytes: number;
  readonly languages: readonly string[];
  readonly maxTokens: number;
  /** A note for the user, in their language. */
  readonly note: string;
  readonly installed: boolean;
}

export interface ModelList {
  readonly models: readonly ModelEntry[];
  readonly known: readonly KnownModelEntry[];
}

/** The window's network settings; the engine adds those of its environment. */
export interface NetworkSettings {
  readonly proxy: string | null;
  readonly noProxy: readonly string[];
  readonly strictSsl: boolean;
  /** Base URL in place of the hub's; null for the hub. */
  readonly mirror: string | null;
}

/** The files that a download will fetch, shown before the user agrees to it. */
export interface HubModel {
  readonly id: string;
  readonly commit: string;
  readonly license: string;
  readonly bytes: number;
  /** Base URL of the download. */
  readonly base: string;
}

export type ModelQuantisation = 'auto' | 'fp32' | 'w8' | 'u8' | 's7' | 's4';

export interface DownloadModelParams {
  readonly id: string;
  /** The commit that the user saw and agreed to. */
  readonly commit: string;
  readonly network: NetworkSettings;
  readonly quantisation: ModelQuantisation;
}

export interface ImportModelParams {
  /** Absolute path of a folder, archive, or part of one. */
  readonly path: string;
  readonly quantisation: ModelQuantisation;
}
