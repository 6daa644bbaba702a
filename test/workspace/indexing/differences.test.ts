import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileHead } from '../../../src/index/records.ts';
import { differences } from '../../../src/workspace/indexing/differences.ts';
import type { ListedFile } from '../../../src/workspace/indexing/listing.ts';

const listed = (path: string, modified: number, size = 1, ignored = false): ListedFile => ({
  path,
  size,
  modified,
  ignored,
});
const head = (path: string, modified: number, more: Partial<FileHead> = {}): FileHead => ({
  path,
  size: 1,
  modified,
  hash: 'ab',
  state: 'indexed',
  reason: null,
  detail: null,
  tags: [],
  passageCount: 1,
  pendingCount: 0,
  ...more,
});
const indexOf = (...heads: readonly FileHead[]) => ({
  head: (path: string): FileHead | null => heads.find(each => each.path === path) ?? null,
  *heads(): Generator<FileHead> {
    yield* heads;
  },
});
const names = (files: readonly ListedFile[]): string[] => files.map(({ path }) => path);
const always = (): boolean => true;

describe('the differences between a folder and its index', function () {
  this.timeout(60_000);

  it('are none where each file is as the index has it', () => {
    const found = differences(
      { files: [listed('가.md', 5)], unreadable: [] },
      indexOf(head('가.md', 5)),
      always,
    );
    assert.deepEqual(found, { unlike: [], pending: [], gone: [], unread: [] });
  });

  it('are files of another size or date, failed ones, and ones in another encoding', () => {
    const files = ['크기.md', '날짜.md', '실패.md', '인코딩.md', '같음.md'].map(name => listed(name, 5));
    const index = indexOf(
      head('크기.md', 5, { size: 2 }),
      head('날짜.md', 4),
      head('실패.md', 5, { state: 'failed' }),
      head('인코딩.md', 5),
      head('같음.md', 5),
    );
    const found = differences({ files, unreadable: [] }, index, ({ path }) => path !== '인코딩.md');
    assert.deepEqual(names(found.unlike), ['크기.md', '날짜.md', '실패.md', '인코딩.md']);
    // The passages of an older reading are found until the new ones are there.
    assert.deepEqual(names(found.unread), []);
  });

  it('are files whose vectors are missing', () => {
    const index = indexOf(head('가.md', 5, { pendingCount: 2 }));
    const found = differences({ files: [listed('가.md', 5)], unreadable: [] }, index, always);
    assert.deepEqual([names(found.pending), names(found.unlike)], [['가.md'], []]);
  });

  it('are names that are gone, or that a rule leaves out now', () => {
    const files = [listed('초안.md', 5, 1, true), listed('남음.md', 5)];
    const index = indexOf(head('초안.md', 5), head('남음.md', 5), head('없음.md', 5));
    assert.deepEqual(differences({ files, unreadable: [] }, index, always).gone, ['초안.md', '없음.md']);
  });

  it('leave alone what the index has of a folder that cannot be read', () => {
    const index = indexOf(head('닫힘/가.md', 5), head('닫힘이 아님/가.md', 5));
    const found = differences({ files: [], unreadable: ['닫힘'] }, index, always);
    assert.deepEqual(found.gone, ['닫힘이 아님/가.md']);
  });

  it('are settled when they have been followed, and come newest first', () => {
    const name = fc.constantFrom('가', '나', '다', '라', '마').map(each => `${each}.md`);
    const entry = fc.tuple(name, fc.nat(3), fc.nat(2));
    const entries = fc.uniqueArray(entry, { selector: ([path]) => path });
    fc.assert(
      fc.property(entries, entries, (disk, known) => {
        const files = disk.map(([path, modified, size]) => listed(path, modified, size));
        const before = known.map(([path, modified, size]) => head(path, modified, { size }));
        const found = differences({ files, unreadable: [] }, indexOf(...before), always);
        const dates = found.unlike.map(({ modified }) => modified);
        assert.deepEqual(
          dates,
          [...dates].sort((a, b) => b - a),
        );
        const after = [
          ...before.filter(({ path }) => !found.gone.includes(path) && !names(found.unlike).includes(path)),
          ...found.unlike.map(({ path, modified, size }) => head(path, modified, { size })),
        ];
        assert.deepEqual(after.map(({ path }) => path).sort(), names(files).sort());
        assert.deepEqual(differences({ files, unreadable: [] }, indexOf(...after), always), {
          unlike: [],
          pending: [],
          gone: [],
          unread: [],
        });
      }),
    );
  });
});
