import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PromiseQueue } from '../../src/async/promiseQueue.ts';

describe('a promise queue', () => {
  it('runs one piece of work after the other, whatever fails, and tells each caller of its own', async function () {
    this.timeout(20_000);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ turns: fc.nat(3), fails: fc.boolean() })), async works => {
        const queue = new PromiseQueue();
        const log: string[] = [];
        const results = works.map(({ turns, fails }, i) =>
          queue.run(async () => {
            log.push(`+${i}`);
            for (let turn = 0; turn < turns; turn++) await Promise.resolve();
            log.push(`-${i}`);
            if (fails) throw new Error(String(i));
            return i;
          }),
        );
        const settled = await Promise.allSettled(results);
        assert.deepEqual(
          log,
          works.flatMap((_, i) => [`+${i}`, `-${i}`]),
        );
        assert.deepEqual(
          settled.map(({ status }) => status === 'rejected'),
          works.map(({ fails }) => fails),
        );
      }),
    );
  });

  it('is settled when all that was asked for has ended, and not before', async () => {
    const queue = new PromiseQueue();
    let ended = false;
    const failing = queue.run(async () => {
      await new Promise(resolve => setTimeout(resolve, 5));
      ended = true;
      throw new Error('wrong');
    });
    await queue.settled();
    assert.equal(ended, true);
    await assert.rejects(failing, /wrong/);
  });
});
