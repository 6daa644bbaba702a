/** Models that are installed or can be downloaded. */

export interface ModelEntry {
  readonly name: string;
  readonly revision: string;
  readonly license: string;
  readonly languages: readonly string[];
  readonly bytes: number;
  readonly quantisation: string;
  /** Comes with Malmoi. */
  readonly embedded: boolean;
  readonly selected: boolean;
  /** An index of every open folder exists for it: using it takes no encoding of what is unchanged. */
  readonly indexed: boolean;
}

/** A model that can be downloaded. Sizes are approximate until `HubListingRequest` has asked. */
export interface KnownModelEntry {
  readonly id: string;
  readonly license: string;
  readonly bytes: number;
  readonly languages: readonly string[];
  readonly maxTokens: number;
  /** Localised. */
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

/** What a download will fetch: shown before the user agrees to it. */
export interface HubModel {
  readonly id: string;
  readonly commit: string;
  readonly license: string;
  readonly bytes: number;
  /** Where from. */
  readonly base: string;
}

export type ModelQuantisation = 'auto' | 'fp32' | 'w8' | 'u8' | 's7' | 's4';

export interface DownloadModelParams {
  readonly id: string;
  /** The commit that was shown and agreed to. */
  readonly commit: string;
  readonly network: NetworkSettings;
  readonly quantisation: ModelQuantisation;
}

export interface ImportModelParams {
  /** Absolute path of a folder, archive, or part of one. */
  readonly path: string;
  readonly quantisation: ModelQuantisation;
}
