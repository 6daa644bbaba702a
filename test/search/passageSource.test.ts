import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { Segment } from '../../src/index/segment/segment.ts';
import { writeSegment } from '../../src/index/segment/segmentWriter.ts';
import { LocalSource } from '../../src/search/localSource.ts';
import {
  barOf,
  joinedHits,
  joinedMaxima,
  rankTogether,
  type RankedHits,
} from '../../src/search/passageSource.ts';
import type { Hit } from '../../src/domain/hit.ts';
import { prepareQuery, withVector } from '../../src/search/query/encodedQuery.ts';
import { constantsOf } from '../../src/search/ranking/fusionConstants.ts';
import { DEFAULT_REFERENCE } from '../../src/search/ranking/semanticReference.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

const NAMES = Array.from({ length: 12 }, (_, i) => `말${i}`);
const weights = fc.dictionary(fc.nat(11).map(String), fc.integer({ min: 1, max: 8 }), { maxKeys: 6 });
const SETTINGS = { limit: 100, channel: 'hybrid', floor: 0 } as const;
const FUSION = { channel: 'hybrid', share: 0.5, reference: DEFAULT_REFERENCE } as const;

const PLACE = {
  modified: 0,
  tags: [],
  text: '',
  headings: [],
  markup: 'none',
  location: { kind: 'line' },
  start: 0,
  end: 0,
  line: 0,
  column: 0,
  endLine: 0,
  contributions: [],
} as const;

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

  it('explain the same passages with other constants as if they had never explained them', async () => {
    const documents = [
      ['예산 회의', { 1: 3, 2: 1 }],
      ['예산 보고', { 1: 2 }],
    ] as const;
    const query = withVector(prepareQuery('예산 회의'), vectorOf({ 1: 2, 2: 1 }), NAMES, []);
    const plan = { query, settings: SETTINGS };
    const source = await sourceOf(documents);
    const constants = { semantic: 3, lexical: 0.5, pending: 1 };
    const first = await source.rankWith(plan, { semantic: 1, lexical: 1, pending: 1 });
    const again = await source.rankWith(plan, constants);
    assert.deepEqual(again.hits, (await (await sourceOf(documents)).rankWith(plan, constants)).hits);
    assert.notDeepEqual(again.hits[0]!.contributions, first.hits[0]!.contributions);
    // Without the words there is less to explain.
    const alone = { query: { ...query, lexical: [] }, settings: SETTINGS };
    const [best] = (await source.rankWith(alone, constants)).hits;
    assert.deepEqual([...new Set(best!.contributions.map(({ channel }) => channel))], ['semantic']);
  });

  it('are joined the same without what another source has below the bar', function () {
    this.timeout(20_000);
    const hits = fc.array(fc.record({ score: fc.integer({ min: 1, max: 30 }), isFar: fc.boolean() }), {
      maxLength: 14,
    });
    fc.assert(
      fc.property(
        hits,
        hits,
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(0, 0.2, 0.9),
        (a, b, limit, floor) => {
          const settings = { limit, floor };
          const mine = rankedHits('/notes', a, settings);
          const theirs = rankedHits('malmoi-team:t/s', b, settings);
          const bar = barOf(mine, settings);
          const above = (all: readonly Hit[]): Hit[] => all.filter(({ score }) => score >= bar);
          const less = { ...theirs, hits: above(theirs.hits), further: above(theirs.further) };
          const keys = (found: RankedHits): readonly string[] =>
            [...found.hits, ...found.further].map(({ folder, id }) => `${folder} ${id}`);
          const [cut, whole] = [joinedHits([mine, less], settings), joinedHits([mine, theirs], settings)];
          assert.equal(cut.hits.length, whole.hits.length);
          assert.deepEqual(keys(cut), keys(whole));
        },
      ),
    );
  });
});

/** As a source ranks: best first, cut at the limit, and those too weak or too far apart. */
function rankedHits(
  folder: string,
  drawn: readonly { readonly score: number; readonly isFar: boolean }[],
  { limit, floor }: { readonly limit: number; readonly floor: number },
): RankedHits {
  const best = [...drawn].sort((x, y) => y.score - x.score).slice(0, limit);
  const least = floor * (best[0]?.score ?? 0);
  const isNear = (hit: (typeof best)[number]): boolean => hit.score >= least && !hit.isFar;
  const hitOf = ({ score }: { readonly score: number }, i: number): Hit => ({
    ...PLACE,
    id: String(i),
    folder,
    file: 'a.md',
    score,
    ...(folder === '/notes' ? {} : { origin: { team: 't', source: 's', link: null } }),
  });
  return {
    hits: best.filter(isNear).map(hitOf),
    further: best.filter(hit => !isNear(hit)).map((hit, i) => hitOf(hit, 100 + i)),
    total: drawn.length,
  };
}
