import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inRuns } from '../../../src/search/filter/inRuns.ts';

const passages = fc.uniqueArray(fc.nat(20_000), { maxLength: 400 }).map(each => each.sort((a, b) => a - b));

describe('reading many passages', function () {
  this.timeout(60_000);

  it('gives each its own value, once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(passages, async wanted => {
        const found: [number, string][] = [];
        await inRuns(
          (first, end) => Promise.resolve(Array.from({ length: end - first }, (_, i) => `글 ${first + i}`)),
          wanted,
          (passage, value) => found.push([passage, value]),
        );
        assert.deepEqual(
          found,
          wanted.map(passage => [passage, `글 ${passage}`]),
        );
      }),
    );
  });

  it('reads no passage twice, few that nobody wants, and no more than fits', async () => {
    await fc.assert(
      fc.asyncProperty(passages, async wanted => {
        const reads: [number, number][] = [];
        await inRuns(
          (first, end) => {
            reads.push([first, end]);
            return Promise.resolve(Array.from({ length: end - first }, () => 0));
          },
          wanted,
          () => undefined,
        );
        const all = new Set(wanted);
        for (const [i, [first, end]] of reads.entries()) {
          assert.ok(all.has(first) && all.has(end - 1), 'a read begins and ends with a wanted one');
          assert.ok(end - first <= 512);
          assert.ok(i === 0 || reads[i - 1]![1] <= first);
          let gap = 0;
          for (let passage = first; passage < end; passage++) {
            gap = all.has(passage) ? 0 : gap + 1;
            assert.ok(gap < 16);
          }
        }
      }),
    );
  });

  it('reads ahead, so that the disk has work while one is looked at', async () => {
    let open = 0;
    let most = 0;
    await inRuns(
      async first => {
        most = Math.max(most, ++open);
        await new Promise(resolve => setImmediate(resolve));
        open--;
        return [first];
      },
      Array.from({ length: 50 }, (_, i) => 100 * i),
      () => undefined,
    );
    assert.ok(most > 1 && most <= 8, String(most));
  });

  it('fails with what could not be read, after what came before it', async () => {
    const seen: number[] = [];
    const reading = inRuns(
      first => (first === 300 ? Promise.reject(new Error('damaged')) : Promise.resolve([first])),
      [100, 200, 300, 400],
      passage => seen.push(passage),
    );
    await assert.rejects(reading, /damaged/);
    assert.deepEqual(seen, [100, 200]);
  });
});
