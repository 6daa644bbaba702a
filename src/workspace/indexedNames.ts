/** The names that files have, in some indexes or waiting to be read: what a query's `path:`, `ext:` and `tag:` may mean. */
import path from 'node:path/posix';
import type { PassageIndex } from '../index/passageIndex.ts';
import type { FileHead } from '../index/records.ts';
import type { KnownNames } from '../search/query/language/knownNames.ts';
import { hasTag, normalizeTag } from '../text/tags.ts';
import { fileFilter, type FilteredFile } from './fileFilter.ts';

export function namesIn(
  indexes: readonly PassageIndex[],
  waiting: readonly Iterable<FilteredFile>[] = [],
): KnownNames {
  const someHead = (test: (head: FileHead) => boolean): boolean =>
    indexes.some(index => isAny(index.heads(), test));
  const some = (test: (file: FilteredFile) => boolean): boolean =>
    someHead(test) || waiting.some(files => isAny(files, test));
  return {
    hasPath: text => {
      const test = fileFilter({ include: [text] });
      return test !== null && some(test);
    },
    hasExtension: extension =>
      some(({ path: file }) => path.extname(file).slice(1).toLowerCase() === extension),
    hasTag: text => {
      const tag = normalizeTag(text);
      return someHead(({ tags }) => hasTag(tags, tag));
    },
  };
}

function isAny<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
