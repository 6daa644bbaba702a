/**
 * Writes the records of files. Records that come together share one entry of the log, so that many small files cost one
 * wait for the disk and one part in the next merge.
 */
import type { PassageIndex } from '../../../index/passageIndex.ts';
import type { FileRecord } from '../../../index/records.ts';

/** Maximum number of passages in one entry; a file with more has an entry of its own. */
const MOST = 2_048;
/** Passages that are worth an entry while no other file waits to be read. */
const ENOUGH = 256;
/** Passages in records that wait or are being written: while there are more, nothing further should be read. */
const MOST_HELD = 2 * MOST;
/**
 * Milliseconds that a record waits for others: at the least, at the most, and as a share of the time that this stretch
 * of work has taken. A term of a large entry costs a fraction of what it costs in several small ones, and after a
 * minute of reading nobody notices three seconds.
 */
const PATIENCE = { least: 200, most: 3_000, share: 0.1 };

/** How soon a record is wanted: at once, in a moment, or no sooner than the rest of a folder. */
export type Haste = 'now' | 'soon' | 'any';

interface Waiting {
  readonly record: FileRecord;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The files before a record that comes to the writer. */
export interface ReadingFlow {
  /** Number of files that are being read, including those whose records are here. */
  readonly underWay: () => number;
  /** Whether further files wait to be read. */
  readonly goesOn: () => boolean;
  /** Called when a record has come: the file's place among those that are being read is free. */
  readonly onRecord?: () => void;
}

export class RecordWriter {
  readonly #index: Pick<PassageIndex, 'replace'>;
  readonly #flow: ReadingFlow;
  #waiting: Waiting[] = [];
  /** Passages of all records that wait. */
  #passages = 0;
  #beingWritten = { files: 0, passages: 0 };
  #isWriting = false;
  /** When the waiting records are written at the latest. */
  #due = Infinity;
  /** When this stretch of work began. */
  #began: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(index: Pick<PassageIndex, 'replace'>, flow: ReadingFlow) {
    this.#index = index;
    this.#flow = flow;
  }

  /** Number of files that are here and hold up no others; 0 while there are too many passages. */
  get held(): number {
    const { files, passages } = this.#beingWritten;
    return this.#passages + passages > MOST_HELD ? 0 : this.#waiting.length + files;
  }

  /** Resolves when the record is durable and visible. Each path has at most one record in progress. */
  write(record: FileRecord, haste: Haste): Promise<void> {
    return new Promise((resolve, reject) => {
      const now = performance.now();
      this.#began ??= now;
      this.#waiting.push({ record, resolve, reject });
      this.#passages += record.passages.length;
      this.#due = Math.min(this.#due, now + this.#patience(haste, now));
      this.check();
      this.#flow.onRecord?.();
    });
  }

  /** Writes what waits where nothing is left to wait for; called whenever a file's reading has ended. */
  check(): void {
    if (this.#isWriting || this.#waiting.length === 0) return;
    clearTimeout(this.#timer);
    const left = this.#due - performance.now();
    const enough = this.#flow.goesOn() ? MOST : ENOUGH;
    if (left <= 0 || this.#isLast() || this.#passages >= enough) void this.#writeBatch();
    else this.#timer = setTimeout(() => this.check(), left);
  }

  /** Whether no other record can be expected. */
  #isLast(): boolean {
    return !this.#flow.goesOn() && this.#waiting.length >= this.#flow.underWay();
  }

  #patience(haste: Haste, now: number): number {
    const { least, most, share } = PATIENCE;
    if (haste === 'now') return 0;
    if (haste === 'soon' || this.#began === null || !this.#flow.goesOn()) return least;
    return Math.min(most, Math.max(least, share * (now - this.#began)));
  }

  async #writeBatch(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isWriting = true;
    if (this.#isLast()) this.#began = null;
    const batch = this.#nextBatch();
    try {
      await this.#index.replace(batch.map(({ record }) => record));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    this.#beingWritten = { files: 0, passages: 0 };
    this.#isWriting = false;
    this.check();
  }

  #nextBatch(): Waiting[] {
    let passages = 0;
    let count = 0;
    for (const { record } of this.#waiting) {
      if (count > 0 && passages + record.passages.length > MOST) break;
      passages += record.passages.length;
      count++;
    }
    this.#passages -= passages;
    this.#beingWritten = { files: count, passages };
    if (count === this.#waiting.length) this.#due = Infinity;
    return this.#waiting.splice(0, count);
  }
}
