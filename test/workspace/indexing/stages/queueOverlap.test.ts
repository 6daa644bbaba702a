import assert from 'node:assert/strict';
import fc from 'fast-check';
import { QueueOverlap } from '../../../../src/workspace/indexing/stages/queueOverlap.ts';
import { StageQueue } from '../../../../src/workspace/indexing/stages/stageQueue.ts';

const queueOf = (names: Iterable<string>): StageQueue => {
  const queue = new StageQueue(() => undefined);
  for (const name of names) queue.add(name, 1);
  return queue;
};
const names = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${first + i}.md`);

describe('the files that wait in two queues', function () {
  this.timeout(60_000);

  it('are those that both have', () => {
    const name = fc.constantFrom(...names(0, 30));
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (one, other) => {
        const both = new Set(one.filter(each => other.includes(each)));
        assert.equal(new QueueOverlap(queueOf(one), queueOf(other)).files, both.size);
      }),
    );
  });

  it('are counted anew at each change of short queues', () => {
    const [one, other] = [queueOf(names(0, 10)), queueOf(names(5, 10))];
    const overlap = new QueueOverlap(one, other);
    assert.equal(overlap.files, 5);
    other.drop('7.md');
    assert.equal(overlap.files, 4);
  });

  it('are not counted at each question of long queues, and never more than one of them has', () => {
    const [one, other] = [queueOf(names(0, 2_000)), queueOf(names(1_000, 2_000))];
    let looks = 0;
    for (const queue of [one, other]) {
      const has = queue.has.bind(queue);
      queue.has = name => {
        looks++;
        return has(name);
      };
    }
    const overlap = new QueueOverlap(one, other);
    assert.equal(overlap.files, 1_000);
    const once = looks;
    assert.ok(once > 0);
    for (let i = 0; i < 100; i++) assert.equal(overlap.files, 1_000);
    assert.equal(looks, once);
    for (const name of names(0, 1_300)) one.drop(name);
    assert.ok(overlap.files <= one.size);
  });
});
