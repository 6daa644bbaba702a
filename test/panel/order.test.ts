import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { keepSeenOrder, ownOrder } from '../../media/panel/order.ts';
import { BOX, moved } from '../../media/panel/selection.ts';
import type { Hit } from '../../src/domain/hit.ts';
import { HITS } from './sample.ts';

function hits(ids: readonly string[], score: number = 1): readonly Hit[] {
  return ids.map(id => ({ ...HITS[0]!, id, score }));
}

const idsOf = (list: readonly Hit[]): readonly string[] => list.map(hit => hit.id);
const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'), {
  maxLength: 12,
});

describe('taking newer results in', () => {
  it('leaves every seen hit where it is, for any two results', () => {
    fc.assert(
      fc.property(list, list, fc.nat({ max: 12 }), (before, after, seen) => {
        const { hits: order, faded, differs } = keepSeenOrder(hits(before), seen, hits(after, 2));
        assert.deepEqual(idsOf(order).slice(0, Math.min(seen, before.length)), before.slice(0, seen));
        assert.deepEqual(new Set(idsOf(order)), new Set([...before.slice(0, seen), ...after]));
        assert.equal(order.length, new Set(idsOf(order)).size);
        assert.deepEqual(
          [...faded].sort(),
          before
            .slice(0, seen)
            .filter(id => !after.includes(id))
            .sort(),
        );
        assert.equal(differs, idsOf(order).join() !== after.join());
        for (const hit of order)
          assert.equal(hit.score, faded.has(hit.id) ? 1 : 2, 'kept hits are brought up to date');
      }),
    );
  });

  it('puts what was not seen into the new order', () => {
    const { hits: order } = keepSeenOrder(hits(['a', 'b', 'c', 'd']), 2, hits(['d', 'b', 'x', 'a', 'c']));
    assert.deepEqual(idsOf(order), ['a', 'b', 'd', 'x', 'c']);
  });

  it('offers no new order where it would look the same', () => {
    assert.equal(keepSeenOrder(hits(['a', 'b']), 2, hits(['a', 'b', 'c'])).differs, false);
  });

  it('shows one hit an id', () => {
    assert.deepEqual(idsOf(ownOrder(hits(['a', 'b', 'a'])).hits), ['a', 'b']);
  });
});

describe('moving through the list', () => {
  const ids = ['a', 'b', 'c', 'd'];

  it('stops at the last hit and leaves the first one for the box', () => {
    assert.equal(moved(ids, 'b', 'next', 2), 'c');
    assert.equal(moved(ids, 'd', 'next', 2), 'd');
    assert.equal(moved(ids, 'a', 'previous', 2), BOX);
    assert.equal(moved(ids, null, 'next', 2), 'a');
  });

  it('jumps by pages and to the ends', () => {
    assert.equal(moved(ids, 'a', 'pageDown', 2), 'c');
    assert.equal(moved(ids, 'd', 'pageUp', 9), 'a');
    assert.equal(moved(ids, 'c', 'first', 2), 'a');
    assert.equal(moved(ids, 'a', 'last', 2), 'd');
    assert.equal(moved([], null, 'last', 2), null);
  });
});
