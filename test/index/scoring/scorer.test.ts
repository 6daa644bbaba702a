import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../../src/index/scoring/scorer.ts';
import { Segment } from '../../../src/index/segment/segment.ts';
import { writeSegment } from '../../../src/index/segment/segmentWriter.ts';
import { rank } from '../../../src/search/ranking/fusion.ts';
import { prepareQuery, withVector } from '../../../src/search/query/encodedQuery.ts';
import { file, passage, vectorOf } from '../../fakes/records.ts';

const DIMENSIONS = 60;
const NAMES = Array.from({ length: DIMENSIONS }, (_, i) => `말${i}`);

function segmentOf(name: string, from: number): Promise<Segment> {
  const passages = Array.from({ length: 90 }, (_, i) => {
    const weights = Object.fromEntries([1, 7, 13].map(step => [(from + i * step) % DIMENSIONS, 1 + i / 100]));
    return passage(`글 ${from + i}`, vectorOf(weights));
  });
  return Segment.of(name, writeSegment([file(name, passages)]));
}

/** Best passages of each query, all asked at once. */
function answers(scorer: Scorer, segments: readonly Segment[]): Promise<string[]> {
  const queries = Array.from({ length: 12 }, (_, i) => {
    const weights = { [i * 5]: 1, [(i * 5 + 2) % DIMENSIONS]: 2 };
    return withVector(prepareQuery(`글 ${i}`), vectorOf(weights), NAMES);
  });
  return Promise.all(
    queries.map(async ({ semantic, lexical }) => {
      const settings = { channel: 'hybrid', k: 10, floor: 0 } as const;
      const { hits } = await rank(scorer, segments, semantic, lexical, settings);
      return hits.map(hit => `${hit.segment.name} ${hit.passage} ${hit.score}`).join();
    }),
  );
}

describe('Scorer', () => {
  let segments: Segment[] = [];
  let wanted: string[] = [];
  before(async () => {
    segments = await Promise.all([segmentOf('a', 0), segmentOf('b', 20), segmentOf('c', 40)]);
    wanted = await answers(new Scorer(plainKernel), segments);
    assert.equal(new Set(wanted).size, wanted.length);
  });

  it('answers alike when there is no room for the postings of two queries', async () => {
    const scorer = new Scorer(plainKernel, { arenaMost: 64 });
    for (let round = 0; round < 3; round++) assert.deepEqual(await answers(scorer, segments), wanted);
  });

  it('answers alike when segments come and go', async () => {
    const scorer = new Scorer(plainKernel);
    for (const some of [segments.slice(1), segments, segments.slice(0, 1), [], segments.slice(2), segments])
      assert.deepEqual(
        await answers(scorer, some),
        some === segments ? wanted : await answers(new Scorer(plainKernel), some),
      );
  });

  it('gives its memory back when nobody searches, and answers alike afterwards', async () => {
    const kernels: unknown[] = [];
    const newKernel = (): ReturnType<typeof plainKernel> => {
      const kernel = plainKernel();
      kernels.push(kernel);
      return kernel;
    };
    const scorer = new Scorer(newKernel, { restAfter: 20 });
    assert.deepEqual(await answers(scorer, segments), wanted);
    assert.ok(scorer.buffer.byteLength > 0);
    for (let wait = 0; kernels.length === 1 && wait < 200; wait++) await sleep(10);
    assert.deepEqual([kernels.length, scorer.buffer.byteLength], [2, 0]);
    assert.deepEqual(await answers(scorer, segments), wanted);
  });
});
