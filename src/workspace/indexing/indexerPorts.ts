/** What the indexer of a folder needs of the rest of the engine. */
import type { Markup } from '../../domain/location.ts';
import type { SparseVector } from '../../index/sparseVector.ts';
import type { ReadAnswer, ReadRequest } from '../../readers/readPassages.ts';

export interface IndexerPorts {
  readonly read: (request: ReadRequest, signal: AbortSignal) => Promise<ReadAnswer>;
  /** One vector a text; null where there is no model (the index is then literal only). */
  readonly encode:
    | ((
        batch: readonly { context: string; text: string; markup: Markup }[],
        signal: AbortSignal,
      ) => Promise<readonly SparseVector[]>)
    | null;
  /** Files that may be under way together in each stage: one is read or written while others are worked on. */
  readonly atOnce: { readonly letters: number; readonly meaning: number };
  /** Resolves while indexing may go on (not paused). */
  readonly mayGoOn: (signal: AbortSignal) => Promise<void>;
  /** Likewise while the model may be used for it. */
  readonly mayEncode: (signal: AbortSignal) => Promise<void>;
  readonly onProgress: () => void;
  readonly onIndexed: () => void;
  readonly log: (line: string) => void;
}
