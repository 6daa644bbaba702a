import assert from 'node:assert/strict';
import { limited } from './limitedSet.ts';

describe('limited (evaluation set)', () => {
  const row = (id: string): { id: string; title: string; text: string } => ({ id, title: '', text: id });
  const set = {
    documents: ['a', 'b', 'c', 'd', 'e'].map(row),
    queries: [row('q')],
    judgements: new Map([['q', new Map([['d', 1]])]]),
  };
  it('keeps what is judged, and fills up in order', () =>
    assert.deepEqual(
      limited(set, 3).documents.map(({ id }) => id),
      ['a', 'b', 'd'],
    ));
  it('keeps everything judged, whatever the limit', () =>
    assert.deepEqual(
      limited(set, 0).documents.map(({ id }) => id),
      ['d'],
    ));
});
