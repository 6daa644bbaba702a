/**
 * Writes records of files: those that come while others are being written go together in the next entry of the log,
 * so that many small files cost one wait for the disk.
 */
import type { PassageIndex } from '../../../index/passageIndex.ts';
import type { FileRecord } from '../../../index/records.ts';

/** Passages in one entry; a file that has more has an entry of its own. */
const MOST = 2_048;

interface Waiting {
  readonly record: FileRecord;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class RecordWriter {
  readonly #index: Pick<PassageIndex, 'replace'>;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(index: Pick<PassageIndex, 'replace'>) {
    this.#index = index;
  }

  /** Resolves when the record is durable and visible. A path has one record under way at most. */
  write(record: FileRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      try {
        await this.#index.replace(batch.map(({ record }) => record));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWriting = false;
  }

  #nextBatch(): Waiting[] {
    let passages = 0;
    let count = 0;
    for (const { record } of this.#waiting) {
      passages += record.passages.length;
      if (count > 0 && passages > MOST) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}
