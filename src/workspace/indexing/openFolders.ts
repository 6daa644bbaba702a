/** The folders that any client has open, which every model's indexes must cover. */
import type { FolderOptions, FolderRequest } from '../../domain/folder.ts';
import { pathInside } from '../../platform/pathInside.ts';
import type { ActiveModel } from '../models/activeModel.ts';
import type { FolderIndexer } from './folderIndexer.ts';
import { sameOptions } from './folderIndexes.ts';
import type { FolderTurns } from './folderTurns.ts';

export interface OpenFoldersPorts {
  readonly turns: FolderTurns;
  readonly model: () => ActiveModel;
  readonly onClosed: (folder: string) => void;
  /** The set of folders that answer has changed. */
  readonly onChanged: () => void;
}

export class OpenFolders {
  readonly #ports: OpenFoldersPorts;
  readonly #folders = new Map<string, FolderOptions>();
  readonly #opening = new Set<Promise<unknown>>();

  constructor(ports: OpenFoldersPorts) {
    this.#ports = ports;
  }

  get paths(): readonly string[] {
    return [...this.#folders.keys()];
  }

  get all(): readonly FolderOptions[] {
    return [...this.#folders.values()];
  }

  /** Folders that are about to be open. */
  get opening(): ReadonlySet<Promise<unknown>> {
    return this.#opening;
  }

  has(folder: string): boolean {
    return this.#folders.has(folder);
  }

  /** The folders that contain any of these places, with the paths of those in them; '' is the folder itself. */
  containing(places: readonly string[]): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, readonly string[]>();
    for (const folder of this.#folders.keys()) {
      const inside = places.flatMap(place => pathInside(folder, place) ?? []);
      if (inside.length > 0) found.set(folder, inside);
    }
    return found;
  }

  /** Opens (or finds open) the index of a folder. */
  async open({ asItIs = false, ...wanted }: FolderRequest): Promise<FolderIndexer> {
    const opening = this.#ports.turns.change(wanted.path, () => {
      const known = asItIs ? this.#folders.get(wanted.path) : undefined;
      const { glossary } = wanted;
      return this.#open({ ...(known ?? wanted), ...(glossary === undefined ? {} : { glossary }) });
    });
    this.#opening.add(opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(opening);
    }
  }

  async #open(options: FolderOptions): Promise<FolderIndexer> {
    const model = this.#ports.model();
    for (;;) {
      const indexes = await model.open();
      model.continueChange();
      const known = this.#folders.get(options.path);
      if (known !== undefined && !sameOptions(known, options)) await this.#close(options.path);
      try {
        const indexer = await indexes.openFolder(options);
        if (indexes === model.serving) {
          this.#folders.set(options.path, options);
          this.#ports.onChanged();
          return indexer;
        }
      } catch (error) {
        if (indexes === model.serving) throw error;
      }
    }
  }

  close(folder: string): Promise<void> {
    return this.#ports.turns.change(folder, () => this.#close(folder));
  }

  async #close(folder: string): Promise<void> {
    const { turns, model, onClosed, onChanged } = this.#ports;
    this.#folders.delete(folder);
    onClosed(folder);
    onChanged();
    await turns.searched(folder);
    await Promise.all(model().all.map(indexes => indexes.closeFolder(folder)));
  }

  /** Empties the indexes of a folder; resolves to false where it is not open. */
  empty(folder: string): Promise<boolean> {
    const { turns, model } = this.#ports;
    return turns.change(folder, async () => {
      const options = this.#folders.get(folder);
      if (options === undefined) return false;
      await turns.searched(folder);
      await Promise.all(model().all.map(indexes => indexes.clearFolder(folder)));
      await this.#open(options);
      // Other names of the folder have lost their index too.
      for (const other of this.#folders.values())
        if (model().serving?.get(other.path) === null) await this.#open(other);
      return true;
    });
  }
}
