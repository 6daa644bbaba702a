import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { Segment } from '../../src/index/segment/segment.ts';
import { writeSegment } from '../../src/index/segment/segmentWriter.ts';
import { LocalSource } from '../../src/search/localSource.ts';
import { joinedMaxima, rankTogether } from '../../src/search/passageSource.ts';
import { prepareQuery, withVector } from '../../src/search/query/encodedQuery.ts';
import { constantsOf } from '../../src/search/ranking/fusionConstants.ts';
import { DEFAULT_REFERENCE } from '../../src/search/ranking/semanticReference.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

const NAMES = Array.from({ length: 12 }, (_, i) => `말${i}`);
const weights = fc.dictionary(fc.nat(11).map(String), fc.integer({ min: 1, max: 8 }), { maxKeys: 6 });
const SETTINGS = { limit: 100, channel: 'hybrid', floor: 0 } as const;
const FUSION = { channel: 'hybrid', share: 0.5, reference: DEFAULT_REFERENCE } as const;

const sourceOf = async (
  documents: readonly (readonly [string, Record<string, number>])[],
): Promise<LocalSource> => {
  const records = documents.map(([text, own], i) => file(`${text}${i}.md`, [passage(text, vectorOf(own))]));
  const segment = await Segment.of('s', writeSegment(records));
  return new LocalSource(new Scorer(plainKernel), new Map([[segment, '/notes']]));
};

describe('sources of passages', () => {
  it('rank by meaning together as one that has all of them', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('가', '나', '다'), weights), { minLength: 1, maxLength: 12 }),
        weights,
        fc.nat(12),
        async (documents, asked, cut) => {
          const query = withVector({ ...prepareQuery('찾는 말'), lexical: [] }, vectorOf(asked), NAMES, []);
          const plan = { query, settings: { ...SETTINGS, channel: 'semantic' as const } };
          const fusion = { ...FUSION, channel: 'semantic' as const };
          const whole = await rankTogether([await sourceOf(documents)], plan, fusion);
          const parts = [documents.slice(0, cut), documents.slice(cut)].filter(part => part.length > 0);
          const together = await rankTogether(await Promise.all(parts.map(sourceOf)), plan, fusion);
          const scores = (hits: typeof whole.hits): number[] => hits.map(({ score }) => score);
          assert.equal(together.total, whole.total);
          scores(together.hits).forEach((score, i) =>
            assert.ok(Math.abs(score - scores(whole.hits)[i]!) < 1e-9),
          );
        },
      ),
      { numRuns: 60 },
    ));

  it('rank with given constants what conditions let in', async () => {
    const source = await sourceOf([
      ['예산 회의', { 1: 3 }],
      ['예산 보고', { 1: 2 }],
    ]);
    const query = withVector(prepareQuery('예산'), vectorOf({ 1: 2 }), NAMES, []);
    const literals = [{ text: '보고', negative: false }];
    const conditions = { files: null, literals, headings: [], negativeQueries: [] };
    const plan = { query, settings: SETTINGS, conditions };
    const { hits } = await source.rankWith(plan, { semantic: 1, lexical: 1, pending: 1 });
    assert.deepEqual(
      hits.map(({ text }) => text),
      ['예산 보고'],
    );
  });

  it('say the same of a passage that is a hit and of one that is explained', async () => {
    const source = await sourceOf([
      ['예산 회의', { 1: 3, 2: 2 }],
      ['예산', { 1: 1 }],
      ['연차', { 5: 1 }],
    ]);
    const query = withVector(prepareQuery('예산 회의'), vectorOf({ 1: 2, 2: 1 }), NAMES, []);
    const plan = { query, settings: SETTINGS };
    const constants = constantsOf(joinedMaxima([await source.maxima(plan)]), FUSION);
    const { hits } = await source.rankWith(plan, constants);
    assert.equal(hits.length, 2);
    for (const hit of hits) assert.deepEqual(await source.explain(plan, constants, hit.id), hit);
    assert.equal(await source.explain(plan, constants, `${hits[0]!.id}x`), null);
    assert.equal(await source.countFrom(hits[1]!.score, plan, constants), 2);
  });
});
