/** Open folders that are not there at the moment: a network drive, a disk that was pulled out. */
import { access, constants } from 'node:fs/promises';

/** Milliseconds between two looks: a drive that returns announces itself by no event. */
const INTERVAL = 10_000;

export class AbsentFolders {
  readonly #folders = new Set<string>();
  readonly #onReturn: (folder: string) => void;
  readonly #interval: number;
  #timer: NodeJS.Timeout | null = null;

  /** `onReturn` is called once for each folder that was added and can be read again. */
  constructor(onReturn: (folder: string) => void, interval: number = INTERVAL) {
    this.#onReturn = onReturn;
    this.#interval = interval;
  }

  add(folder: string): void {
    this.#folders.add(folder);
    this.#wait();
  }

  /** The folder is open no more. */
  delete(folder: string): void {
    this.#folders.delete(folder);
  }

  close(): void {
    this.#folders.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(): void {
    if (this.#timer !== null || this.#folders.size === 0) return;
    this.#timer = setTimeout(() => void this.#look(), this.#interval);
    // A process that ends waits for no drive.
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const looks = [...this.#folders].map(async folder => {
      const isThere = await access(folder, constants.R_OK).then(
        () => true,
        () => false,
      );
      if (isThere && this.#folders.delete(folder)) this.#onReturn(folder);
    });
    await Promise.all(looks);
    this.#timer = null;
    this.#wait();
  }
}
