/** The files of a folder that are listed and have no record yet, each with its names as they are compared. */
import { spell, type SpelledFile, type WaitingFile } from '../../search/ranking/waitingNames.ts';
import { breather } from './listing.ts';

export class WaitingFiles implements Iterable<SpelledFile> {
  #files = new Map<string, SpelledFile>();

  /** Takes the place of an earlier listing. Names are there as soon as they are spelled: searches go on meanwhile. */
  async list(files: readonly WaitingFile[]): Promise<void> {
    const before = this.#files;
    this.#files = new Map();
    const breathe = breather();
    for (const file of files) {
      const known = before.get(file.path);
      const isSame = known?.size === file.size && known.modified === file.modified;
      this.#files.set(file.path, isSame ? known : spell(file));
      await breathe();
    }
  }

  /** The file's turn has come and gone. */
  settle(path: string): void {
    this.#files.delete(path);
  }

  [Symbol.iterator](): Iterator<SpelledFile> {
    return this.#files.values();
  }
}
