import assert from 'node:assert/strict';
import type { FileHead } from '../../src/index/records.ts';
import type { FileFilter } from '../../src/domain/fileFilter.ts';
import { fileFilter } from '../../src/workspace/fileFilter.ts';

const head = (path: string, modified = 1_000): FileHead => ({
  path,
  modified,
  size: 1,
  hash: '',
  state: 'indexed',
  reason: null,
  detail: null,
  tags: [],
  passageCount: 1,
  pendingCount: 0,
});
const FILES = ['회의록/2026-02.md', '회의록/보관/2025.txt', '규정/휴가.MD', '개발/kube(1).md', 'README.md'];

const kept = (filter: FileFilter): string[] => {
  const test = fileFilter(filter);
  return FILES.filter(file => test === null || test(head(file)));
};

describe('fileFilter', () => {
  const table: readonly [string, FileFilter, readonly string[]][] = [
    ['nothing asked for', {}, FILES],
    ['a folder by its name', { include: ['회의록'] }, FILES.slice(0, 2)],
    ['a folder with its slash', { include: ['회의록/'] }, FILES.slice(0, 2)],
    ['a folder inside another', { include: ['보관'] }, [FILES[1]!]],
    ['a part of a name', { include: ['휴가'] }, [FILES[2]!]],
    ['a decomposed name', { include: ['휴가'.normalize('NFD')] }, [FILES[2]!]],
    ['a glob', { include: ['**/2026-*'] }, [FILES[0]!]],
    ['a glob of names, in any folder', { include: ['*.txt'] }, [FILES[1]!]],
    ['another case', { include: ['readme'] }, [FILES[4]!]],
    ['signs that globs have', { include: ['kube*'] }, [FILES[3]!]],
    ['what to leave out', { exclude: ['회의록', '규정'] }, FILES.slice(3)],
    ['both', { include: ['회의록'], exclude: ['보관'] }, [FILES[0]!]],
    ['a type', { extensions: ['md'] }, [FILES[0]!, FILES[2]!, FILES[3]!, FILES[4]!]],
    ['a type with its dot', { extensions: ['.TXT'] }, [FILES[1]!]],
  ];
  for (const [name, filter, expected] of table)
    it(`keeps by ${name}`, () => assert.deepEqual(kept(filter), expected));

  it('keeps by date: from, and before', () => {
    const test = fileFilter({ modifiedFrom: 100, modifiedBefore: 200 })!;
    assert.deepEqual(
      [99, 100, 199, 200].map(time => test(head('a.md', time))),
      [false, true, true, false],
    );
  });

  it('a pattern that is no glob matches nothing, and throws nothing', () => {
    for (const pattern of ['[', '{a', '**(', '', '/'])
      assert.doesNotThrow(() => kept({ include: [pattern] }));
  });
});
