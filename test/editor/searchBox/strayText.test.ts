import assert from 'node:assert/strict';
import { typedOn, type StrayText } from '../../../src/editor/searchBox/strayText.ts';

type Change = readonly [offset: number, length: number, text: string];

function after(...changes: readonly Change[]): StrayText | null {
  return changes.reduce<StrayText | null>(
    (stray, [rangeOffset, rangeLength, text]) =>
      stray && typedOn(stray, [{ rangeOffset, rangeLength, text }]),
    { start: 10, text: '' },
  );
}

describe('typedOn', () => {
  it('gathers letters at the cursor, also as an input method composes them, and those taken back', () => {
    assert.deepEqual(after([10, 0, 'a'], [11, 0, 'b']), { start: 10, text: 'ab' });
    assert.deepEqual(after([10, 0, 'ㅎ'], [10, 1, '하'], [10, 1, '한'], [11, 0, '글']), {
      start: 10,
      text: '한글',
    });
    assert.deepEqual(after([10, 0, 'abc'], [12, 1, '']), { start: 10, text: 'ab' });
  });

  it('takes nothing else for typing that was meant for the box', () => {
    assert.equal(after([3, 0, 'a']), null, 'elsewhere');
    assert.equal(after([10, 0, 'a'], [9, 2, '']), null, 'what stood before the cursor');
    assert.equal(after([10, 1, 'a']), null, 'in place of what stood there');
    assert.equal(after([10, 0, 'a\n']), null, 'a line break');
    const two = [0, 20].map(rangeOffset => ({ rangeOffset, rangeLength: 0, text: 'a' }));
    assert.equal(typedOn({ start: 0, text: '' }, two), null, 'at several cursors');
  });
});
