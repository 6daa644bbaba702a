/** Entry point of the reader thread: a file that hangs its reader costs the thread, not the engine. */
import { workerData } from 'node:worker_threads';
import { openTokenCounter } from '../model/tokenCounter.ts';
import { heapTrimmer } from '../threads/heapTrim.ts';
import { lowerThreadPriority } from '../threads/priority.ts';
import { answerRequests } from '../threads/thread.ts';
import { packAnswer } from './packedTerms.ts';
import { readPassages } from './readPassages.ts';
import type { ReaderAnswer, ReaderRequest, ReaderThreadData } from './readerThread.ts';
import { readText } from './readText.ts';

// Libraries log remarks about their input, and nothing of a document may reach a log.
const silent = (): void => undefined;
Object.assign(console, { log: silent, info: silent, warn: silent, error: silent, debug: silent });

lowerThreadPriority(5);
const { folder, rules } = workerData as ReaderThreadData;
const counter = openTokenCounter(folder);

/** Megabytes that a reader takes at work with its tokenizer. */
const HEAP = 80;
const trim = heapTrimmer(HEAP);

answerRequests<ReaderRequest, ReaderAnswer>(async request => {
  trim();
  if ('want' in request) return readText(request);
  return packAnswer(await readPassages(request, rules, await counter));
});
