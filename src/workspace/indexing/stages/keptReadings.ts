/** Keeps what the first stage has read of files for the second: a file that is encoded at once is not read twice. */
import type { ReadAnswer } from '../../../readers/readPassages.ts';

export type ReadDocument = Extract<ReadAnswer, { result: 'passages' }>;

/**
 * Maximum number of passages with their terms, about ten megabytes. A file that does not fit is read again when its
 * turn comes.
 */
const MOST = 1_024;

export class KeptReadings {
  readonly #kept = new Map<string, ReadDocument>();
  #passages = 0;

  keep(name: string, document: ReadDocument): void {
    this.take(name);
    if (this.#passages + document.passages.length > MOST) return;
    this.#kept.set(name, document);
    this.#passages += document.passages.length;
  }

  take(name: string): ReadDocument | null {
    const kept = this.#kept.get(name) ?? null;
    this.#kept.delete(name);
    this.#passages -= kept?.passages.length ?? 0;
    return kept;
  }
}
