/** One search engine under test, all of them alike. */
import type { Channel } from '../../../src/domain/channel.ts';
import type { BenchPassage, BenchQuery, Corpus } from './corpus.ts';

export interface BenchEngine {
  readonly name: string;
  readonly channels: readonly Channel[];
  /** Its index lives in the folder given to `openEngine`: built in one process, opened in another. */
  readonly persistent: boolean;
  /** Above so many passages it would take hours, or more memory than there is. */
  readonly limit: number;
  build(corpus: Corpus): Promise<void>;
  /** Whatever stands between a new process and the first query. */
  open(): Promise<void>;
  /** Numbers of the best passages, best first. */
  search(query: BenchQuery, channel: Channel, k: number): Promise<readonly number[]>;
  /** Replaces neighbouring passages (they stay as they are) as a saved file does: durable where it persists. */
  update(first: number, passages: readonly BenchPassage[]): Promise<void>;
  /** Of its index, in bytes; null where that can't be told from its memory. */
  bytes(): number | null;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly folder: string;
  /** The build's, `scoring.wasm` among them. */
  readonly programs: string;
  /** Whether a lexical channel is measured: else the texts may be left out of the index. */
  readonly words?: boolean;
  /** Lucene's jar. */
  readonly lucene: string | null;
}
