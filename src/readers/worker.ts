/** Entry point of the reader thread: a file that hangs its reader costs the thread, not the engine. */
import { workerData } from 'node:worker_threads';
import type { DocumentText } from '../domain/document.ts';
import { openTokenCounter } from '../model/tokenCounter.ts';
import { heapTrimmer } from '../threads/heapTrim.ts';
import { lowerThreadPriority } from '../threads/priority.ts';
import { answerRequests } from '../threads/thread.ts';
import { readPassages, type ReadAnswer } from './readPassages.ts';
import type { ReaderRequest, ReaderThreadData } from './readerThread.ts';
import { readText } from './readText.ts';

// Libraries remark on what they read, and nothing of a document may reach a log.
const silent = (): void => undefined;
Object.assign(console, { log: silent, info: silent, warn: silent, error: silent, debug: silent });

lowerThreadPriority(5);
const { folder, rules } = workerData as ReaderThreadData;
const counter = openTokenCounter(folder);

/** Megabytes: of a reader at work with its tokenizer. */
const HEAP = 80;
const trim = heapTrimmer(HEAP);

answerRequests<ReaderRequest, ReadAnswer | DocumentText>(async request => {
  trim();
  return 'want' in request ? readText(request) : readPassages(request, rules, await counter);
});
