/** The state of each file of a folder, from its index, its last listing and its queues. */
import type { LedgerEntry } from '../../domain/ledger.ts';
import type { PassageIndex } from '../../index/passageIndex.ts';
import type { FileHead } from '../../index/records.ts';
import type { Admission } from './admission.ts';
import type { StageQueue } from './stages/stageQueue.ts';

export class FolderLedger {
  readonly #folder: string;
  readonly #index: PassageIndex;
  readonly #admission: Admission;
  readonly #letters: StageQueue;

  constructor(folder: string, index: PassageIndex, admission: Admission, letters: StageQueue) {
    this.#folder = folder;
    this.#index = index;
    this.#admission = admission;
    this.#letters = letters;
  }

  /** The state of one file; null where the last listing has no such name. */
  entry(name: string): LedgerEntry | null {
    if (this.#letters.has(name)) return this.#waiting(name);
    const reason = this.#admission.leftOut.get(name);
    if (reason !== undefined) return this.#leftOut(name, reason);
    const head = this.#index.head(name);
    return head === null ? null : this.#settled(head);
  }

  /** The name of a file as the disk has it, for one that somebody composed (NFC); the same where no file has it. */
  nameOnDisk(name: string): string {
    if (this.#index.head(name) !== null || this.#letters.has(name)) return name;
    const composed = name.normalize('NFC');
    for (const { path } of this.#index.heads()) if (path.normalize('NFC') === composed) return path;
    return name;
  }

  /** Every file of the folder with its state. */
  entries(): LedgerEntry[] {
    const rows = new Map<string, LedgerEntry>();
    for (const head of this.#index.heads()) rows.set(head.path, this.#settled(head));
    for (const [name, reason] of this.#admission.leftOut) rows.set(name, this.#leftOut(name, reason));
    for (const name of this.#letters) rows.set(name, this.#waiting(name));
    return [...rows.values()];
  }

  #waiting(name: string): LedgerEntry {
    return { folder: this.#folder, path: name, state: 'waiting', reason: null, detail: null, passages: 0 };
  }

  #leftOut(name: string, reason: LedgerEntry['reason']): LedgerEntry {
    return { folder: this.#folder, path: name, state: 'skipped', reason, detail: null, passages: 0 };
  }

  #settled({ path, state, reason, detail, passageCount, pendingCount, modified }: FileHead): LedgerEntry {
    return {
      folder: this.#folder,
      path,
      state: state === 'removed' ? 'skipped' : state,
      reason,
      detail,
      passages: passageCount,
      ...(pendingCount > 0 && { pending: pendingCount }),
      ...(modified > 0 && { modified }),
    };
  }
}
