/** Entry point of the reader thread: a file that hangs its reader costs the thread, not the engine. */
import { workerData } from 'node:worker_threads';
import { openTokenCounter } from '../model/tokenCounter.ts';
import { answerRequests } from '../threads/thread.ts';
import { readPassages, type ReadAnswer, type ReadRequest } from './readPassages.ts';
import type { ReaderThreadData } from './readerThread.ts';

const { folder, rules } = workerData as ReaderThreadData;
const counter = openTokenCounter(folder);

answerRequests<ReadRequest, ReadAnswer>(async request => readPassages(request, rules, await counter));
