/** Walks a folder for the files that could be indexed. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readerFor } from '../readers/readers.ts';
import { IGNORE_FILES, IgnoreRules, type PathFilter } from './ignoreRules.ts';

export interface ListedFile {
  /** `/`-separated, relative to the folder, exactly as the file system spells it. */
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly ignored: boolean;
}

export interface ListingOptions extends PathFilter {
  readonly useIgnoreFiles: boolean;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  /** Folders that could not be read: what is indexed under them stays as it is. */
  readonly unreadable: readonly string[];
  /** Whether the rules let a path in, for files that come later. */
  readonly accepts: (path: string) => boolean;
}

/** Milliseconds of matching rules after which searches have their turn. */
const BREATH = 10;

/** Many rules on many files take their time: they must not hold up the thread that answers. */
function breather(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < BREATH) return undefined;
    return new Promise(resolve => {
      setImmediate(() => {
        last = performance.now();
        resolve();
      });
    });
  };
}

/** Symbolic links to folders are not followed (they may loop, or lead out of the workspace). */
export async function listFiles(
  root: string,
  options: ListingOptions,
  signal: AbortSignal,
): Promise<Listing> {
  const rules = new IgnoreRules(options);
  const files: ListedFile[] = [];
  const unreadable: string[] = [];
  const breathe = breather();
  const visit = async (folder: string): Promise<void> => {
    signal.throwIfAborted();
    const absolute = path.join(root, folder);
    let entries;
    try {
      entries = await readdir(absolute, { withFileTypes: true });
    } catch (error) {
      // The root itself must be readable; a folder that just vanished has nothing in it.
      if (folder === '') throw error;
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') unreadable.push(folder);
      return;
    }
    if (options.useIgnoreFiles)
      for (const name of IGNORE_FILES)
        if (entries.some(entry => entry.name === name && entry.isFile()))
          rules.add(folder, await readFile(path.join(absolute, name), 'utf8').catch(() => ''));
    const subfolders: string[] = [];
    for (const entry of entries) {
      await breathe();
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!rules.skipsFolder(relative)) subfolders.push(relative);
        continue;
      }
      if (readerFor(relative) === null) continue;
      const found = await stat(path.join(absolute, entry.name)).catch(() => null);
      if (found === null || !found.isFile()) continue;
      files.push({
        path: relative,
        size: found.size,
        modified: found.mtimeMs,
        ignored: rules.skipsFile(relative),
      });
    }
    for (const subfolder of subfolders) await visit(subfolder);
  };
  await visit('');
  const accepts = (name: string): boolean => {
    for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1))
      if (rules.skipsFolder(name.slice(0, slash))) return false;
    return !rules.skipsFile(name);
  };
  return { files, unreadable, accepts };
}
