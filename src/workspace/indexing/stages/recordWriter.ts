/**
 * Writes the records of files. Records that come together share one entry of the log, so that many small files cost one
 * wait for the disk and one part in the next merge.
 */
import type { PassageIndex } from '../../../index/passageIndex.ts';
import type { FileRecord } from '../../../index/records.ts';

/** Maximum number of passages in one entry; a file with more has an entry of its own. */
const MOST = 2_048;
/** Passages that are worth an entry while more files are on their way, and milliseconds that they wait for those. */
const ENOUGH = 256;
const PATIENCE = 200;

interface Waiting {
  readonly record: FileRecord;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class RecordWriter {
  readonly #index: Pick<PassageIndex, 'replace'>;
  readonly #underWay: () => number;
  #waiting: Waiting[] = [];
  #isWriting = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `underWay`: number of files that are being read, including those that wait here. */
  constructor(index: Pick<PassageIndex, 'replace'>, underWay: () => number) {
    this.#index = index;
    this.#underWay = underWay;
  }

  /** Resolves when the record is durable and visible. Each path has at most one record in progress. */
  write(record: FileRecord, mayWait: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject });
      if (this.#isWriting) return;
      const passages = this.#waiting.reduce((sum, { record: own }) => sum + own.passages.length, 0);
      if (!mayWait || this.#waiting.length >= this.#underWay() || passages >= ENOUGH) void this.#writeAll();
      else this.#timer ??= setTimeout(() => void this.#writeAll(), PATIENCE);
    });
  }

  async #writeAll(): Promise<void> {
    if (this.#isWriting) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
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
