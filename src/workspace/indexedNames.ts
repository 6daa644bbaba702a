/**
 * The names of files that are indexed or waiting to be read, which a query's `path:`, `ext:` and `tag:` are checked
 * against.
 */
import path from 'node:path/posix';
import type { PassageIndex } from '../index/passageIndex.ts';
import type { FileHead } from '../index/records.ts';
import type { KnownNames } from '../search/query/language/knownNames.ts';
import type { AskedNames } from '../search/remoteSearch.ts';
import { hasTag, normalizeTag } from '../text/tags.ts';
import { fileFilter, type FilteredFile } from './fileFilter.ts';

/** Valid for one search: each name is looked up once, however often the query is parsed again without a part. */
export function namesIn(
  indexes: readonly PassageIndex[],
  waiting: readonly Iterable<FilteredFile>[] = [],
): KnownNames {
  const someHead = (test: (head: FileHead) => boolean): boolean =>
    indexes.some(index => isAny(index.heads(), test));
  const some = (test: (file: FilteredFile) => boolean): boolean =>
    someHead(test) || waiting.some(files => isAny(files, test));
  return {
    hasPath: once(text => {
      const test = fileFilter({ include: [text] });
      return test !== null && some(test);
    }),
    hasExtension: once(extension =>
      some(({ path: file }) => path.extname(file).slice(1).toLowerCase() === extension),
    ),
    hasTag: once(text => {
      const tag = normalizeTag(text);
      return someHead(({ tags }) => hasTag(tags, tag));
    }),
  };
}

/** Adds the names that documents elsewhere have; `unknown` gives those that were asked for in vain until then, if any. */
export function namesElsewhere(
  here: KnownNames,
  elsewhere: AskedNames | undefined,
): { readonly names: KnownNames; readonly unknown: () => AskedNames | null } {
  const unknown = { paths: new Set<string>(), extensions: new Set<string>(), tags: new Set<string>() };
  const known = (kind: keyof AskedNames, has: (name: string) => boolean) => (name: string) => {
    if (has(name) || elsewhere?.[kind].includes(name) === true) return true;
    unknown[kind].add(name);
    return false;
  };
  return {
    names: {
      hasPath: known('paths', here.hasPath),
      hasExtension: known('extensions', here.hasExtension),
      hasTag: known('tags', here.hasTag),
    },
    unknown: () => {
      const { paths, extensions, tags } = unknown;
      if (paths.size + extensions.size + tags.size === 0) return null;
      return { paths: [...paths], extensions: [...extensions], tags: [...tags] };
    },
  };
}

/** Caches the answers, because each may have to look at all files. */
function once(test: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return name => {
    const answer = known.get(name) ?? test(name);
    known.set(name, answer);
    return answer;
  };
}

function isAny<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
