import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../../src/index/scoring/scorer.ts';
import { Segment } from '../../../src/index/segment/segment.ts';
import { writeSegment } from '../../../src/index/segment/segmentWriter.ts';
import { newestPassages } from '../../../src/search/ranking/newestPassages.ts';
import { PhraseStates } from '../../../src/search/filter/phraseStates.ts';
import { prepareQuery } from '../../../src/search/query/encodedQuery.ts';
import { rankFiltered } from '../../../src/search/ranking/rankFiltered.ts';
import { PassageFilter, type Conditions, type Place } from '../../../src/search/filter/passageFilter.ts';
import { file, passage, vectorOf } from '../../fakes/records.ts';

const WORDS = [
  '회의록',
  '의록',
  '회의',
  '예산안',
  '**예산**안',
  '예산',
  '안',
  'kube',
  ' ',
  '\n',
  '보고서',
  '[보고](서)',
];
const text = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 })
  .map(words => words.join(' ').replace(/ {2,}/g, ''));
const document = fc.record({
  text,
  heading: fc.constantFrom('회의록', '예산안 회의', '메모'),
  one: fc.double({ min: 0, max: 3, noNaN: true }),
  two: fc.double({ min: 0, max: 3, noNaN: true }),
});
const literal = fc.record({
  text: fc.constantFrom('회의록', '예산안', '보고서', '예산 안', '안', '회의', 'kube', '예산안 회의'),
  negative: fc.boolean(),
});
const conditions = fc.record({
  literals: fc.array(literal, { maxLength: 2 }),
  headings: fc.array(literal, { maxLength: 1 }),
});

async function segmentOf(documents: readonly { text: string; heading: string; one: number; two: number }[]) {
  const files = documents.map((own, i) =>
    file(`${String(i).padStart(3, '0')}.md`, [
      passage(own.text, vectorOf({ 1: own.one + 0.01, 2: own.two + 0.01 }), [own.heading]),
    ]),
  );
  return Segment.of('s', writeSegment(files));
}

async function wantedOf(segments: readonly Segment[], wanted: Pick<Conditions, 'literals' | 'headings'>) {
  return (await PassageFilter.of(
    segments,
    { files: () => true, negativeQueries: [], ...wanted },
    new PhraseStates(),
  ))!;
}

function placesOf(segment: Segment): Place[] {
  return Array.from(segment.live.keys(), at => ({ segment, passage: at }));
}

describe('rankFiltered', () => {
  const query = {
    ...prepareQuery('회의록 예산안'),
    semantic: [1, 2].map(dimension => ({
      dimension,
      name: `${dimension}`,
      written: `${dimension}`,
      weight: dimension,
      word: 0,
      expansion: false,
    })),
  };

  it('gives what looking at every text first gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(document, { minLength: 1, maxLength: 25 }), { minLength: 1, maxLength: 3 }),
        conditions,
        fc.constantFrom('hybrid', 'lexical', 'semantic'),
        fc.integer({ min: 1, max: 6 }),
        async (groups, asked, channel, k) => {
          const segments = await Promise.all(groups.map(segmentOf));
          const rows = async (eager: boolean): Promise<unknown> => {
            const wanted = await wantedOf(segments, asked);
            if (eager) await wanted.settle(segments.flatMap(placesOf));
            const scorer = new Scorer(plainKernel);
            const { hits, constants, total } = await rankFiltered(
              scorer,
              segments,
              query,
              { channel, k, floor: 0 },
              wanted,
            );
            return {
              constants,
              hits: hits.map(hit => [segments.indexOf(hit.segment), hit.passage, hit.score]),
              // Of those that nobody had to look at some are counted in: only beyond what is asked for.
              total: hits.length < k ? total : null,
            };
          };
          assert.deepEqual(await rows(false), await rows(true));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads few texts of many', async () => {
    const segment = await segmentOf(
      Array.from({ length: 500 }, (_, i) => ({ text: '회의록 예산안', heading: '메모', one: i % 3, two: 1 })),
    );
    let read = 0;
    const texts = segment.passages.texts.bind(segment.passages);
    segment.passages.texts = (first, end) => {
      read += end - first;
      return texts(first, end);
    };
    const wanted = await wantedOf([segment], {
      literals: [{ text: '회의록', negative: false }],
      headings: [],
    });
    const settings = { channel: 'lexical', k: 10, floor: 0 } as const;
    const { hits, total } = await rankFiltered(new Scorer(plainKernel), [segment], query, settings, wanted);
    assert.deepEqual([hits.length, total], [10, 500]);
    assert.ok(read <= 40, String(read));
  });
});

describe('newestPassages', () => {
  it('gives what looking at every text first gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 40 }),
        conditions,
        fc.integer({ min: 1, max: 6 }),
        async (documents, asked, limit) => {
          const segment = await segmentOf(documents);
          const lazy = await newestPassages(await wantedOf([segment], asked), limit);
          const eagerly = await wantedOf([segment], asked);
          await eagerly.settle(placesOf(segment));
          const eager = await newestPassages(eagerly, limit);
          assert.deepEqual(
            lazy.places.map(place => place.passage),
            eager.places.map(place => place.passage),
          );
          if (eager.places.length < limit) assert.equal(lazy.total, eager.total);
        },
      ),
      { numRuns: 200 },
    );
  });
});
