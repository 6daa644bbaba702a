import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Segment } from '../../../src/index/segment/segment.ts';
import { writeSegment } from '../../../src/index/segment/segmentWriter.ts';
import { semanticExclusion } from '../../../src/search/filter/semanticExclusion.ts';
import { file, passage, vectorOf } from '../../fakes/records.ts';

const weights = fc
  .uniqueArray(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 40 })), { maxLength: 4, selector: ([d]) => d })
  .map(entries => Object.fromEntries(entries.map(([dimension, weight]) => [dimension, weight / 4])));
const segments = fc.array(fc.array(weights, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 });

const opened = (all: readonly (readonly Record<number, number>[])[]): Promise<Segment[]> =>
  Promise.all(
    all.map((each, i) =>
      Segment.of(
        String(i),
        writeSegment([
          file(
            `${i}.md`,
            each.map((own, j) => passage(`글 ${i} ${j}`, vectorOf(own))),
          ),
        ]),
      ),
    ),
  );
const dot = (a: Readonly<Record<number, number>>, b: Readonly<Record<number, number>>): number =>
  Object.entries(a).reduce((sum, [dimension, weight]) => sum + weight * (b[Number(dimension)] ?? 0), 0);

describe('passages that are excluded by meaning', function () {
  this.timeout(120_000);

  it('have half of the best score or more, over all segments', async () => {
    await fc.assert(
      fc.asyncProperty(segments, weights, async (all, query) => {
        const own = await opened(all);
        const flags = await semanticExclusion(own, vectorOf(query));
        const scores = all.map(each => each.map(passageWeights => dot(query, passageWeights)));
        const best = Math.max(...scores.flat());
        scores.forEach((each, i) =>
          each.forEach((score, p) => {
            // Weights are kept with eight bits here, so what is close to the half may be on either side.
            if (best === 0) assert.equal(flags.get(own[i]!)![p], 0);
            else if (score >= 0.53 * best) assert.equal(flags.get(own[i]!)![p], 1);
            else if (score < 0.47 * best) assert.equal(flags.get(own[i]!)![p], 0);
          }),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('are measured by the best that is not deleted', async () => {
    const [segment] = await opened([[{ 1: 10 }, { 1: 4 }, { 1: 1 }]]);
    const flags = async (): Promise<number[]> => [
      ...(await semanticExclusion([segment!], vectorOf({ 1: 1 }))).get(segment!)!,
    ];
    assert.deepEqual(await flags(), [1, 0, 0]);
    segment!.live[0] = 0;
    assert.deepEqual((await flags()).slice(1), [1, 0]);
  });
});
