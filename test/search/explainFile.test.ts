import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { Segment } from '../../src/index/segment/segment.ts';
import { writeSegment } from '../../src/index/segment/segmentWriter.ts';
import { standingOf } from '../../src/search/explainFile.ts';
import type { Place } from '../../src/search/filter/passageFilter.ts';
import { LocalSource } from '../../src/search/localSource.ts';
import type { SearchPlan } from '../../src/search/passageSource.ts';
import { prepareQuery, withVector } from '../../src/search/query/encodedQuery.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

const NAMES = Array.from({ length: 12 }, (_, i) => `말${i}`);

/** One folder with files of a few passages each. */
async function folderOf(
  files: readonly (readonly (readonly [string, Record<string, number>])[])[],
): Promise<{ readonly segment: Segment; readonly source: LocalSource }> {
  const records = files.map((passages, i) =>
    file(
      `${i}.md`,
      passages.map(([text, weights], at) => passage(`${text} ${i} ${at}`, vectorOf(weights))),
    ),
  );
  const segment = await Segment.of('s', writeSegment(records));
  return { segment, source: new LocalSource(new Scorer(plainKernel), new Map([[segment, '/notes']])) };
}

function placesOf(segment: Segment, index: number): Place[] {
  const { first, end } = segment.passagesOf(index);
  return Array.from({ length: end - first }, (_, i) => ({ segment, passage: first + i }));
}

function planOf(text: string, weights: Record<string, number>, limit: number): SearchPlan {
  const query = withVector(prepareQuery(text), vectorOf(weights), NAMES, []);
  return { query, settings: { limit, channel: 'hybrid', floor: 0.2 } };
}

describe('the standing of a file', () => {
  const weights = fc.dictionary(fc.nat(11).map(String), fc.integer({ min: 1, max: 8 }), { maxKeys: 6 });
  const passages = fc.array(fc.tuple(fc.constantFrom('가 예산', '나 회의', '예산 회의', '다'), weights), {
    minLength: 1,
    maxLength: 3,
  });

  it('is what the explained list of hits says of it', function () {
    this.timeout(60_000);
    return fc.assert(
      fc.asyncProperty(
        fc.array(passages, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('예산 회의', '회의', '0.md'),
        weights,
        fc.integer({ min: 1, max: 30 }),
        async (files, text, asked, limit) => {
          const { segment, source } = await folderOf(files);
          const plan = planOf(text, asked, limit);
          const { hits, further, ranking } = await source.rank(plan);
          const all = [...hits, ...further];
          for (let index = 0; index < segment.fileCount; index++) {
            const name = segment.files.path(index);
            const places = placesOf(segment, index);
            const standing = await standingOf(places, { folder: '/notes', file: name }, source, plan);
            const listed = all.findIndex(hit => hit.file === name);
            const best = all[listed] ?? (await source.bestOf(places, plan, ranking.constants));
            assert.deepEqual(standing.best, best);
            assert.equal(standing.bestScore, all[0]?.score ?? 0);
            if (listed !== -1) assert.equal(standing.rank, listed + 1);
            const found = new Set(best?.contributions.map(({ word }) => word));
            assert.deepEqual(
              standing.lacking,
              plan.query.words.filter((_, word) => !found.has(word)),
            );
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('reads and explains one passage, however many are ranked before it', async () => {
    const files = Array.from({ length: 50 }, (_, i) => [['예산 회의', { 1: 50 - i, 2: 3 }] as const]);
    const { segment, source } = await folderOf(files);
    const read: number[] = [];
    const text = segment.text.bind(segment);
    segment.text = passageIndex => {
      read.push(passageIndex);
      return text(passageIndex);
    };
    const last = segment.fileCount - 1;
    const name = segment.files.path(last);
    const plan = planOf('예산 회의', { 1: 2, 2: 1 }, 200);
    const { rank } = await standingOf(
      placesOf(segment, last),
      { folder: '/notes', file: name },
      source,
      plan,
    );
    assert.ok(rank !== null && rank > 10);
    assert.deepEqual(read, [segment.passagesOf(last).first]);
  });
});
