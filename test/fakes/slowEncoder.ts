/** An encoder that takes a while and says which thread it runs in, in place of the number of tokens. */
import { threadId } from 'node:worker_threads';
import type { EncodedBatch, EncoderInput } from '../../src/model/encoder.ts';
import { answerRequests } from '../../src/threads/thread.ts';
import { vectorOf } from './records.ts';

answerRequests<readonly EncoderInput[], EncodedBatch>(async batch => {
  await new Promise(resolve => setTimeout(resolve, 50));
  const vectors = batch.map(({ text }) => vectorOf({ [text.length]: 1 }));
  return { vectors, tokens: threadId, milliseconds: 50 };
});
