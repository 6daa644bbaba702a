/** Entry point of the encoder thread. */
import { workerData } from 'node:worker_threads';
import { answerRequests } from '../threads/thread.ts';
import { Encoder, type EncodedBatch, type EncoderInput } from './encoder.ts';
import type { EncoderThreadData } from './encoderPool.ts';

const { folder, threads } = workerData as EncoderThreadData;
let encoder: Promise<Encoder> | null = null;

answerRequests<readonly EncoderInput[], EncodedBatch>(
  async batch => {
    encoder ??= Encoder.open(folder, threads);
    return (await encoder).encode(batch);
  },
  async () => (await encoder)?.close(),
);
