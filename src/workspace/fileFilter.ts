/** Turns a `FileFilter` into a predicate on files. */
import path from 'node:path/posix';
import type { FileHead } from '../index/records.ts';
import type { FileFilter } from '../domain/fileFilter.ts';
import { globMatcher } from './globs/globs.ts';

/** The properties of a file that a filter looks at. */
export type FilteredFile = Pick<FileHead, 'path' | 'modified'>;

/** null lets every file through. */
export type FileTest = ((file: FilteredFile) => boolean) | null;

export function both(one: FileTest, other: FileTest): FileTest {
  if (one === null || other === null) return one ?? other;
  return file => one(file) && other(file);
}

export function fileFilter(filter: FileFilter | undefined): FileTest {
  if (filter === undefined) return null;
  const {
    include = [],
    exclude = [],
    extensions = [],
    modifiedFrom,
    modifiedBefore,
    notModifiedIn = [],
  } = filter;
  const options = { anyCase: true };
  const tests: ((file: FilteredFile) => boolean)[] = [];
  if (include.length > 0) {
    const included = globMatcher(include.flatMap(globsOf), options);
    tests.push(({ path: file }) => included(file));
  }
  if (exclude.length > 0) {
    const excluded = globMatcher(exclude.flatMap(globsOf), options);
    tests.push(({ path: file }) => !excluded(file));
  }
  if (extensions.length > 0) {
    const wanted = new Set(extensions.map(extension => extension.toLowerCase().replace(/^\./, '')));
    tests.push(({ path: file }) => wanted.has(path.extname(file).slice(1).toLowerCase()));
  }
  if (modifiedFrom !== undefined) tests.push(({ modified }) => modified >= modifiedFrom);
  if (modifiedBefore !== undefined) tests.push(({ modified }) => modified < modifiedBefore);
  for (const { from, before } of notModifiedIn)
    tests.push(({ modified }) => modified < from || modified >= before);
  return tests.length === 0 ? null : head => tests.every(test => test(head));
}

/** A word without wildcards means a folder or a part of the name, as people write it. */
function globsOf(pattern: string): string[] {
  const text = plain(pattern).replace(/^\.?\//, '');
  if (/[*?[\]{}!()]/.test(text)) return [text.includes('/') ? text : `**/${text}`];
  const bare = text.replace(/\/$/, '');
  return bare === '' ? [] : [`${bare}/**`, `**/${bare}/**`, `**/*${bare}*`, `**/*${bare}*/**`];
}

/** File names come composed or decomposed, and nobody remembers their case. */
function plain(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
