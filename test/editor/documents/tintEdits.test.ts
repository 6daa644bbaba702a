import assert from 'node:assert/strict';
import fc from 'fast-check';
import { movedBy } from '../../../src/editor/documents/tintEdits.ts';

const change = (rangeOffset: number, rangeLength: number, text: string) => ({
  rangeOffset,
  rangeLength,
  text,
});

describe('movedBy', () => {
  const word = { start: 10, end: 12 };

  it('moves with edits before it', () => {
    assert.deepEqual(movedBy(word, [change(0, 0, '머리말')]), { start: 13, end: 15 });
    assert.deepEqual(movedBy(word, [change(2, 5, '')]), { start: 5, end: 7 });
  });

  it('stays through edits after it', () => {
    assert.deepEqual(movedBy(word, [change(12, 3, 'x')]), word);
  });

  it('goes when its inside is touched', () => {
    assert.equal(movedBy(word, [change(11, 0, 'x')]), null);
    assert.equal(movedBy(word, [change(9, 2, '')]), null);
    assert.equal(movedBy(word, [change(0, 40, 'x')]), null);
  });

  it('still covers the same words after any edits around it', () => {
    const filler = fc.stringMatching(/^[가나다 \n]{0,12}$/);
    fc.assert(
      fc.property(filler, filler, filler, fc.nat(), fc.nat(), (before, after, typed, at, length) => {
        const document = `${before}연차${after}`;
        const start = before.length;
        const offset = at % (document.length + 1);
        const removed = length % (document.length - offset + 1);
        const edited = document.slice(0, offset) + typed + document.slice(offset + removed);
        const moved = movedBy({ start, end: start + 2 }, [change(offset, removed, typed)]);
        if (moved !== null) assert.equal(edited.slice(moved.start, moved.end), '연차');
        else assert.ok(offset < start + 2 && offset + removed > start);
      }),
    );
  });
});
