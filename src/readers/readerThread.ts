/** The readers in a thread of their own, with a limit on time and memory for each file. */
import type { ModelFolder } from '../model/modelFolder.ts';
import { Thread } from '../threads/thread.ts';
import type { PassageRules } from '../text/passages.ts';
import type { DocumentText } from '../domain/document.ts';
import type { ReadAnswer, ReadRequest } from './readPassages.ts';
import type { TextRequest } from './readText.ts';

export interface ReaderThreadData {
  /** Whose tokenizer measures passages; null counts characters instead. */
  readonly folder: ModelFolder | null;
  readonly rules: PassageRules;
}

const TIMEOUT = 60_000;
const MEMORY_MB = 512;
export type ReaderRequest = ReadRequest | TextRequest;

/** Files come in bursts. */
const REST = 60_000;

export class ReaderThread {
  readonly #thread: Thread<ReaderRequest, ReadAnswer | DocumentText>;

  /** `file` is the built `readers/worker.ts`. */
  constructor(file: string | URL, data: ReaderThreadData) {
    this.#thread = new Thread(file, data, {
      limits: { maxOldGenerationSizeMb: MEMORY_MB },
      restAfter: REST,
    });
  }

  /** Rejects with `ThreadTimeoutError` after a minute; the next file gets a new thread. */
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer> {
    return this.#thread.call(request, { signal, timeout: TIMEOUT }) as Promise<ReadAnswer>;
  }

  /** A document's text, ahead of files that are read for the index. Rejects likewise. */
  text(request: TextRequest, signal?: AbortSignal): Promise<DocumentText> {
    const options = { signal, timeout: TIMEOUT, urgent: true };
    return this.#thread.call(request, options) as Promise<DocumentText>;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}
