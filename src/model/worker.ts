/** Entry point of the encoder thread. */
import { workerData } from 'node:worker_threads';
import { answerRequests } from '../threads/thread.ts';
import { Encoder, type EncodedBatch, type EncoderInput } from './encoder.ts';
import type { EncoderThreadData } from './encoderPool.ts';

const { folder, threads } = workerData as EncoderThreadData;
let encoder: Promise<Encoder> | null = null;

answerRequests<readonly EncoderInput[], EncodedBatch>(
  async batch => {
    // A failure is not kept: next time there may be enough memory, or the file.
    encoder ??= Encoder.open(folder, threads).catch((error: unknown) => {
      encoder = null;
      throw error;
    });
    return (await encoder).encode(batch);
  },
  async () => (await encoder)?.close(),
);
