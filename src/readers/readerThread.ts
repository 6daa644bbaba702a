/** Runs the readers in threads of their own, with a limit on time and memory for each file. */
import type { ModelFolder } from '../model/modelFolder.ts';
import { Thread } from '../threads/thread.ts';
import type { PassageRules } from '../text/passages.ts';
import type { DocumentText } from '../domain/document.ts';
import { unpackAnswer, type PackedAnswer } from './packedTerms.ts';
import type { ReadAnswer, ReadRequest } from './readPassages.ts';
import type { TextRequest } from './readText.ts';

export interface ReaderThreadData {
  /** The model whose tokenizer measures passages; null counts characters instead. */
  readonly folder: ModelFolder | null;
  readonly rules: PassageRules;
}

const TIMEOUT = 60_000;
/**
 * The stack is smaller than a thread has by itself: a library that follows a damaged document into itself ends at the
 * end of its stack, and may do more the deeper it is. The young generation is smaller, too: V8 would let it grow to
 * 128 MB in each thread, for the same speed.
 */
export const READER_LIMITS = {
  maxOldGenerationSizeMb: 512,
  maxYoungGenerationSizeMb: 24,
  stackSizeMb: 1,
};
export type ReaderRequest = ReadRequest | TextRequest;
export type ReaderAnswer = PackedAnswer | DocumentText;

/** Milliseconds that an idle thread stays, because files come in bursts. */
const REST = 60_000;

export class ReaderThread {
  readonly #threads: readonly Thread<ReaderRequest, ReaderAnswer>[];

  /**
   * `file` is the built `readers/worker.ts`. At most `count` threads run, and one starts when those before it are busy.
   */
  constructor(file: string | URL, data: ReaderThreadData, count = 1) {
    const options = { limits: READER_LIMITS, restAfter: REST, ahead: true };
    this.#threads = Array.from({ length: count }, () => new Thread(file, data, options));
  }

  /**
   * The least busy of the threads that a share (0 to 1) of the processor allows, one at the least. The first of equally
   * busy ones, so that the others rest and release their memory while one is enough.
   */
  #leastBusy(share: number): Thread<ReaderRequest, ReaderAnswer> {
    const allowed = this.#threads.slice(0, Math.max(1, Math.floor(share * this.#threads.length)));
    return allowed.reduce((best, thread) => (thread.load < best.load ? thread : best));
  }

  /**
   * `share` (0 to 1) of the threads may be used. Rejects with `ThreadTimeoutError` after a minute; the next file gets a
   * new thread.
   */
  async read(request: ReadRequest, signal?: AbortSignal, share = 1): Promise<ReadAnswer> {
    const answer = await this.#leastBusy(share).call(request, { signal, timeout: TIMEOUT });
    return unpackAnswer(answer as PackedAnswer);
  }

  /** Reads a document's text ahead of files that are read for the index. Rejects likewise. */
  text(request: TextRequest, signal?: AbortSignal): Promise<DocumentText> {
    const options = { signal, timeout: TIMEOUT, urgent: true };
    return this.#leastBusy(1).call(request, options) as Promise<DocumentText>;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(thread => thread.close()));
  }
}
