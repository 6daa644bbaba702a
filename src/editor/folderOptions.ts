/** What of a workspace folder is to be indexed, put together from the settings. Pure. */
import type { FolderOptions } from '../protocol.ts';

export interface FolderSettings {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useIgnoreFiles: boolean;
  /** null: the usual place. */
  readonly glossary: string | null;
  /** The value of `files.exclude`: glob -> on, off, or a condition on a sibling file. */
  readonly filesExclude: Readonly<Record<string, unknown>>;
}

export function folderOptions(path: string, name: string, settings: FolderSettings): FolderOptions {
  const hidden = Object.entries(settings.filesExclude)
    .filter(([, on]) => on === true)
    .map(([glob]) => glob);
  return {
    path,
    name,
    include: settings.include,
    exclude: [...new Set([...settings.exclude, ...hidden])],
    useIgnoreFiles: settings.useIgnoreFiles,
    ...(settings.glossary === null ? {} : { glossary: settings.glossary }),
  };
}

/** The same folders with the same options, in whatever order: then the engine needs no new request. */
export function sameFolders(a: readonly FolderOptions[], b: readonly FolderOptions[]): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(folders: readonly FolderOptions[]): string {
  return JSON.stringify([...folders].sort((a, b) => (a.path < b.path ? -1 : 1)));
}
