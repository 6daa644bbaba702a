import assert from 'node:assert/strict';
import { StageQueue } from '../../../../src/workspace/indexing/stages/stageQueue.ts';

describe('StageQueue', () => {
  it('counts a path once that is touched again before, in and after its turn', async () => {
    const queue = new StageQueue(() => undefined);
    const count = (): number => queue.size + queue.settled;
    queue.add('a.md', 1);
    queue.add('a.md', 1);
    assert.equal(count(), 1);
    let finish = (): void => undefined;
    queue.begin('a.md', () => new Promise(resolve => (finish = resolve)));
    queue.addFirst(new Map([['a.md', 1]]));
    assert.deepEqual([queue.size, queue.settled], [1, 0]);
    finish();
    await queue.ended();
    assert.deepEqual([queue.size, queue.settled], [1, 0]);
    queue.begin('a.md', () => Promise.resolve());
    await queue.ended();
    assert.deepEqual([queue.size, queue.settled], [0, 1]);
    queue.add('a.md', 1);
    assert.deepEqual([queue.size, queue.settled], [1, 0]);
  });
});
