/** The names that the files of some indexes have: what a query's `path:`, `ext:` and `tag:` may mean. */
import path from 'node:path/posix';
import type { PassageIndex } from '../index/passageIndex.ts';
import type { FileHead } from '../index/records.ts';
import type { KnownNames } from '../search/language/knownNames.ts';
import { hasTag, normalizeTag } from '../text/tags.ts';
import { fileFilter } from './fileFilter.ts';

export function namesIn(indexes: readonly PassageIndex[]): KnownNames {
  const some = (test: (head: FileHead) => boolean): boolean =>
    indexes.some(index => {
      for (const head of index.heads()) if (test(head)) return true;
      return false;
    });
  return {
    hasPath: text => {
      const test = fileFilter({ include: [text] });
      return test !== null && some(test);
    },
    hasExtension: extension =>
      some(({ path: file }) => path.extname(file).slice(1).toLowerCase() === extension),
    hasTag: text => {
      const tag = normalizeTag(text);
      return some(({ tags }) => hasTag(tags, tag));
    },
  };
}
