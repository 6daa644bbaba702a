/** Passages whose vectors are to come, beside those that have theirs. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../../src/index/scoring/scorer.ts';
import { Segment } from '../../../src/index/segment/segment.ts';
import { writeSegment } from '../../../src/index/segment/segmentWriter.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { rank, type Ranking } from '../../../src/search/ranking/fusion.ts';
import { SCALE } from '../../../src/search/ranking/fusionConstants.ts';
import { prepareQuery, withVector, type EncodedQuery } from '../../../src/search/query/encodedQuery.ts';
import { file, passage, pendingPassage, vectorOf } from '../../fakes/records.ts';

const scorer = new Scorer(plainKernel);
const NAMES = Array.from({ length: 12 }, (_, i) => `말${i}`);
const words = fc.constantFrom('회의', '예산', '연차', '신청', '보고서');
const text = fc.array(words, { minLength: 1, maxLength: 6 }).map(all => all.join(' '));
const vector = fc.dictionary(
  fc.nat(11).map(String),
  fc.float({ min: Math.fround(0.01), max: 3, noNaN: true }),
  { minKeys: 1, maxKeys: 8 },
);
const rows = fc.array(fc.tuple(text, vector, fc.boolean()), { minLength: 2, maxLength: 20 });
type Row = readonly [text: string, vector: Record<string, number>, pending: boolean];

async function ranked(all: readonly Row[], query: EncodedQuery, channel: Channel): Promise<Ranking> {
  const records = all.map(([body, own, pending]) =>
    pending ? pendingPassage(body) : passage(body, vectorOf(own)),
  );
  const segment = await Segment.of('s', writeSegment([file('f', records)]));
  const settings = { channel, k: all.length, floor: 0 } as const;
  return rank(scorer, [segment], query.semantic, query.lexical, settings);
}

const queryOf = (asked: string, weights: Record<string, number>): EncodedQuery =>
  withVector(prepareQuery(asked), vectorOf(weights), NAMES);

describe('a passage whose vector is to come', () => {
  it('is passed by one with no more letters only for what that one means, and the other way round', () =>
    fc.assert(
      fc.asyncProperty(rows, text, vector, async (all, asked, weights) => {
        const { hits, constants } = await ranked(all, queryOf(asked, weights), 'hybrid');
        const raise = constants.pending - constants.lexical;
        for (const [i, above] of hits.entries())
          for (const below of hits.slice(i + 1)) {
            if (above.lexical > below.lexical) continue;
            const meant = ({ passage: p, semantic, lexical }: typeof above): number =>
              all[p]![2] ? raise * lexical : constants.semantic * semantic;
            assert.ok(meant(above) >= meant(below) - 1e-9);
            // Never by the raise alone: it grows with the letters.
            if (all[above.passage]![2] && all[below.passage]![2]) assert.ok(above.lexical === below.lexical);
          }
      }),
    ));

  it('has what its letters have, and never more than with the best meaning there could be', () =>
    fc.assert(
      fc.asyncProperty(rows, text, vector, async (all, asked, weights) => {
        const { hits, constants } = await ranked(all, queryOf(asked, weights), 'hybrid');
        for (const { passage: p, score, lexical } of hits) {
          if (!all[p]![2]) continue;
          assert.ok(score >= constants.lexical * lexical - 1e-9);
          assert.ok(score <= constants.lexical * lexical + SCALE / 2 + 1e-9);
          assert.ok(score <= SCALE + 1e-9);
        }
      }),
    ));

  it('that gets its vector falls only behind those whose meaning has more of the query', () =>
    fc.assert(
      fc.asyncProperty(rows, fc.nat(), text, vector, async (all, chosen, asked, weights) => {
        const at = chosen % all.length;
        const query = queryOf(asked, weights);
        const letters = await ranked(all, query, 'lexical');
        const before = all.map((row, i): Row => (i === at ? [row[0], row[1], true] : row));
        const after = all.map((row, i): Row => (i === at ? [row[0], row[1], false] : row));
        for (const world of [before, after]) {
          const { hits, constants } = await ranked(world, query, 'hybrid');
          const place = hits.findIndex(hit => hit.passage === at);
          const own = hits[place];
          const known = letters.hits.findIndex(hit => hit.passage === at);
          if (own === undefined) {
            assert.equal(known, -1);
            continue;
          }
          for (const other of hits.slice(0, place)) {
            const wasBelow = letters.hits.findIndex(hit => hit.passage === other.passage);
            if (wasBelow !== -1 && (known === -1 || wasBelow < known)) continue;
            if (world[other.passage]![2]) {
              // Its own meaning is known, and is less than what is supposed of the other.
              const supposed = (constants.pending - constants.lexical) * other.lexical;
              assert.ok(world === after && supposed > constants.semantic * own.semantic);
              continue;
            }
            assert.ok(constants.semantic * other.semantic > 0, 'the bars show why');
          }
        }
      }),
    ));

  it('is ranked by letters alone where no passage has its vector', () =>
    fc.assert(
      fc.asyncProperty(rows, text, vector, async (all, asked, weights) => {
        const pending = all.map(([body, own]): Row => [body, own, true]);
        const query = queryOf(asked, weights);
        const [both, letters] = [
          await ranked(pending, query, 'hybrid'),
          await ranked(pending, query, 'lexical'),
        ];
        assert.deepEqual(
          both.hits.map(hit => hit.passage),
          letters.hits.map(hit => hit.passage),
        );
      }),
    ));
});
