/** Puts the options of a workspace folder together from the settings. Pure. */
import type { FolderOptions, LinkPolicy } from '../domain/folder.ts';

export interface FolderSettings {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useIgnoreFiles: boolean;
  /** The extension's own setting; null to follow the editor's search. */
  readonly followSymlinks: boolean | null;
  readonly searchFollowsSymlinks: boolean;
  /** Whether the user trusts the workspace; only then may a link lead out of its folder. */
  readonly trusted: boolean;
  /** Extensions of optional formats that are read. */
  readonly optional: readonly string[];
  /** `files.encoding` where it is not UTF-8; null to detect it from the text. */
  readonly encoding: string | null;
  /** `files.encoding` of single languages, by the extensions of their files. */
  readonly encodingOf: Readonly<Record<string, string>>;
  /** Encodings that the user chose, by path in the folder. */
  readonly encodings: Readonly<Record<string, unknown>>;
  /** null for the usual place. */
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
    links: linkPolicy(settings),
    ...optionalOf(settings),
    ...encodingsOf(settings),
    ...(settings.glossary === null ? {} : { glossary: settings.glossary }),
  };
}

function optionalOf({ optional }: FolderSettings): Pick<FolderOptions, 'optional'> {
  const extensions = optional.map(
    name =>
      `.${name
        .trim()
        .toLowerCase()
        .replace(/^\*?\./u, '')}`,
  );
  return extensions.length === 0 ? {} : { optional: extensions };
}

function encodingsOf({
  encoding,
  encodingOf,
  encodings,
}: FolderSettings): Pick<FolderOptions, 'encoding' | 'encodingOf' | 'encodings'> {
  const named = Object.entries(encodings).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    ...(encoding === null || /^utf-?8/iu.test(encoding) ? {} : { encoding }),
    ...(Object.keys(encodingOf).length === 0 ? {} : { encodingOf }),
    ...(named.length === 0 ? {} : { encodings: Object.fromEntries(named) }),
  };
}

function linkPolicy({ followSymlinks, searchFollowsSymlinks, trusted }: FolderSettings): LinkPolicy {
  if (!(followSymlinks ?? searchFollowsSymlinks)) return 'none';
  return trusted ? 'everywhere' : 'inside';
}

/** Whether the folders and options are the same in any order, so that the engine needs no new request. */
export function sameFolders(a: readonly FolderOptions[], b: readonly FolderOptions[]): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(folders: readonly FolderOptions[]): string {
  return JSON.stringify([...folders].sort((a, b) => (a.path < b.path ? -1 : 1)));
}
