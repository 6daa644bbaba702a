/** Runs the encoder in threads of its own: a forward pass blocks its thread, and searching must not wait. */
import { Thread } from '../threads/thread.ts';
import type { EncodedBatch, EncoderInput } from './encoder.ts';
import type { ModelFolder } from './modelFolder.ts';
import { refuseTelemetry } from './runtime/telemetry.ts';

export interface EncoderThreadData {
  readonly folder: ModelFolder;
  /** Number of threads inside an operator. */
  readonly threads: number;
}

export interface EncoderPlan {
  /** Number of times that the model is opened, each with memory of its own, to encode as many batches at once. */
  readonly sessions: number;
  /** Number of threads of each session. */
  readonly threads: number;
}

/**
 * Milliseconds after which the model is closed, which is most of the engine's memory. Opening it again takes less than
 * a second, and the hits of the lexical channel don't wait for it.
 */
const REST = 10 * 60_000;
/** Milliseconds for the other sessions, which have work only while files are being indexed. */
const REST_OF_OTHERS = 30_000;
/** V8 would let the garbage of two sessions grow by 60 MB, for the same speed. */
const LIMITS = { maxYoungGenerationSizeMb: 16 };

export class EncoderPool {
  readonly #threads: readonly Thread<readonly EncoderInput[], EncodedBatch>[];

  /** `file` is the built `worker.ts`. A session is opened at its first call. */
  constructor(file: string | URL, folder: ModelFolder, { sessions, threads }: EncoderPlan) {
    refuseTelemetry();
    const data: EncoderThreadData = { folder, threads };
    this.#threads = Array.from(
      { length: sessions },
      (_, i) => new Thread(file, data, { restAfter: i === 0 ? REST : REST_OF_OTHERS, limits: LIMITS }),
    );
  }

  /** Number of batches that are encoded at once. */
  get sessions(): number {
    return this.#threads.length;
  }

  /** Encodes one batch; keep it small (about 256 tokens), because a query waits until it is done. */
  encode(batch: readonly EncoderInput[], signal?: AbortSignal): Promise<EncodedBatch> {
    return this.#leastBusy().call(batch, { signal });
  }

  /** Encodes a query before every batch that has not begun. */
  async encodeQuery(text: string, signal?: AbortSignal): Promise<EncodedBatch['vectors'][number]> {
    const query: EncoderInput = { kind: 'query', context: '', text };
    const encoded = await this.#leastBusy().call([query], { urgent: true, signal });
    return encoded.vectors[0]!;
  }

  /** The first of equally busy threads, so that the others rest and release their memory while one is enough. */
  #leastBusy(): Thread<readonly EncoderInput[], EncodedBatch> {
    return this.#threads.reduce((best, thread) => (thread.load < best.load ? thread : best));
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(thread => thread.close()));
  }
}
