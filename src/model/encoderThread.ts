/** The encoder in a thread of its own: a forward pass blocks its thread, and searching must not wait. */
import { Thread } from '../rpc/thread.ts';
import type { EncodedBatch, EncoderInput } from './encoder.ts';
import type { ModelFolder } from './modelFolder.ts';

export interface EncoderThreadData {
  readonly folder: ModelFolder;
  readonly threads: number;
}

/**
 * An open model is most of the engine's memory. Opening it again takes less than a second, and the literal hits
 * don't wait for it.
 */
const REST = 10 * 60_000;

export class EncoderThread {
  readonly #thread: Thread<readonly EncoderInput[], EncodedBatch>;

  /** `file` is the built `modelWorker.ts`. The model is opened at the first call. */
  constructor(file: string | URL, data: EncoderThreadData) {
    this.#thread = new Thread(file, data, { restAfter: REST });
  }

  /** One batch; keep it small (about 512 tokens): a query waits until it is done. */
  encode(batch: readonly EncoderInput[], signal?: AbortSignal): Promise<EncodedBatch> {
    return this.#thread.call(batch, { signal });
  }

  /** Goes before every batch that has not begun. */
  async encodeQuery(text: string, signal?: AbortSignal): Promise<EncodedBatch['vectors'][number]> {
    const encoded = await this.#thread.call([{ kind: 'query', context: '', text }], { urgent: true, signal });
    return encoded.vectors[0]!;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
