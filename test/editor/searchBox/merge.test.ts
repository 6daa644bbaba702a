import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { anchorOf, hitKey, mergeHits, READING_TIME } from '../../../src/editor/searchBox/merge.ts';
import { hit, hits } from '../hits.ts';

const ids = (list: readonly { readonly id: string }[]): string => list.map(each => each.id).join('');
const key = (id: string): string => hitKey(hit({ id }));

describe('mergeHits', () => {
  it('takes the final order where nothing holds it back', () => {
    assert.equal(ids(mergeHits(hits('a', 'b'), hits('c', 'a'), null)), 'ca');
  });

  it('leaves the active hit and everything above it in place', () => {
    assert.equal(ids(mergeHits(hits('a', 'b', 'c'), hits('x', 'c', 'b', 'y'), key('b'))), 'abxcy');
  });

  it('keeps an active hit that the final result dropped', () => {
    assert.equal(ids(mergeHits(hits('a', 'b'), hits('x', 'b'), key('a'))), 'axb');
  });

  it('shows the final version of a kept hit: its bars are complete', () => {
    const [kept] = mergeHits(hits('a'), [hit({ id: 'a', score: 9 })], key('a'));
    assert.equal(kept?.score, 9);
  });

  it('takes the final order when the active row is no longer shown', () => {
    assert.equal(ids(mergeHits(hits('a'), hits('b', 'c'), key('z'))), 'bc');
  });

  it('never moves what stands at or above the anchor, never loses or repeats a final hit', () => {
    const some = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 8 });
    fc.assert(
      fc.property(some, some, fc.nat(), (shown, final, at) => {
        const anchor = shown[at % Math.max(1, shown.length)] ?? null;
        const merged = mergeHits(hits(...shown), hits(...final), anchor && key(anchor)).map(each => each.id);
        assert.equal(new Set(merged).size, merged.length);
        for (const id of final) assert.ok(merged.includes(id));
        const kept = anchor === null ? 0 : shown.indexOf(anchor) + 1;
        assert.deepEqual(merged.slice(0, kept), shown.slice(0, kept));
      }),
    );
  });
});

describe('anchorOf', () => {
  it('lets the first hit give way while nobody can have read it', () => {
    assert.equal(anchorOf('a', false, READING_TIME - 1), null);
  });

  it('holds the active hit once it could have been read', () => {
    assert.equal(anchorOf('a', false, READING_TIME), 'a');
  });

  it('holds a hit the user went to, however soon', () => {
    assert.equal(anchorOf('b', true, 0), 'b');
  });
});
