/** Listed files of a folder that have no record yet, each with its names in comparable form. */
import { spell, type SpelledFile, type WaitingFile } from '../../search/ranking/waitingNames.ts';
import { breather } from './listing.ts';

export class WaitingFiles implements Iterable<SpelledFile> {
  #files = new Map<string, SpelledFile>();

  /** Replaces an earlier listing. Names become available as they are normalised, while searches go on. */
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

  /** The file's turn is over. */
  settle(path: string): void {
    this.#files.delete(path);
  }

  [Symbol.iterator](): Iterator<SpelledFile> {
    return this.#files.values();
  }
}
