/** The ports of a folder's indexer: what it needs of the rest of the engine. */
import type { Markup } from '../../domain/location.ts';
import type { SparseVector } from '../../index/sparseVector.ts';
import type { ReadAnswer, ReadRequest } from '../../readers/readPassages.ts';

export interface IndexerPorts {
  readonly read: (request: ReadRequest, signal: AbortSignal) => Promise<ReadAnswer>;
  /** Encodes one vector a text; null where there is no model, in which case the index is lexical only. */
  readonly encode:
    | ((
        batch: readonly { context: string; text: string; markup: Markup }[],
        signal: AbortSignal,
      ) => Promise<readonly SparseVector[]>)
    | null;
  /**
   * Number of files that may be in progress together in each stage: one is read or written while others are worked on.
   */
  readonly atOnce: { readonly letters: number; readonly meaning: number };
  /** Resolves while indexing may go on (not paused). */
  readonly mayGoOn: (signal: AbortSignal) => Promise<void>;
  /** Resolves while the model may be used as well. */
  readonly mayEncode: (signal: AbortSignal) => Promise<void>;
  readonly onProgress: () => void;
  readonly onIndexed: () => void;
  readonly log: (line: string) => void;
}
