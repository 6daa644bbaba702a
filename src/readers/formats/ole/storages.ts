/** Documents that are embedded in a compound file, each in a storage of its own. */
import type { EmbeddedFiles } from '../embedded.ts';
import type { Ole } from './ole.ts';
import { fileOfStreams } from './unwrapOle.ts';
import { subContainer } from './subContainer.ts';

const MAX_STORAGES = 256;

/** Adds the documents in storages below `folder` (in lower case; `''` means anywhere but at the top). */
export function addStorages(files: EmbeddedFiles, ole: Ole, folder: string): void {
  const storages = new Set<string>();
  for (const path of ole.paths) {
    const slash = path.lastIndexOf('/');
    if (slash !== -1 && path.startsWith(folder)) storages.add(path.slice(0, slash));
    if (storages.size > MAX_STORAGES) break;
  }
  for (const storage of storages) {
    if (files.isFull) return;
    const file = fileOfStreams(
      storage,
      name => ole.stream(`${storage}/${name}`),
      () => subContainer(ole, storage),
    );
    if (file !== null) files.add(file.name, file.bytes);
  }
}
