import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blobOf } from '../../../src/index/blobStore.ts';
import { joined } from '../../../src/index/segment/byteSink.ts';
import { MANY_WORDS, planeOf, WEIGHT_LEVELS } from '../../../src/index/segment/postings.ts';
import { SectionFile, writeSections } from '../../../src/index/segment/sections.ts';
import { SemanticLists, SemanticWriter } from '../../../src/index/segment/semanticLists.ts';

/** Level and place of each passage, by dimension. */
type Levels = ReadonlyMap<number, ReadonlyMap<number, readonly [level: number, place: number]>>;

const PASSAGES = 2_000;
const STEP = 1 / 4_096;
const posting = fc.tuple(fc.integer({ min: 1, max: WEIGHT_LEVELS }), fc.nat(1_000));
const list = fc
  .uniqueArray(fc.tuple(fc.nat(PASSAGES - 1), posting), { minLength: 1, maxLength: 30, selector: ([p]) => p })
  .map(entries => new Map(entries.sort(([a], [b]) => a - b)));
const lists = fc
  .uniqueArray(fc.tuple(fc.nat(100_000), list), { maxLength: 12, selector: ([dimension]) => dimension })
  .map((entries): Levels => new Map(entries.sort(([a], [b]) => a - b)));

async function written(all: Levels, placeBytes: 1 | 2): Promise<SemanticLists> {
  const writer = new SemanticWriter(STEP, placeBytes);
  for (const [dimension, postings] of all)
    writer.add(dimension, {
      docs: Uint16Array.from(postings.keys()),
      levels: Uint16Array.from(postings.values(), ([level]) => level),
      places: Uint16Array.from(postings.values(), ([, place]) => place),
    });
  return new SemanticLists(
    await SectionFile.open(blobOf(joined(writeSections(writer.sections(), new Set(['SPST']))).slice())),
  );
}

/** A place in a byte tells words from each other up to `MANY_WORDS`, and only that there is one beyond it. */
const kept = (place: number, placeBytes: 1 | 2): number =>
  placeBytes === 2 || place < MANY_WORDS ? place : -1;

describe('the semantic lists of a segment', function () {
  this.timeout(120_000);
  const numRuns = 60;
  const width = fc.constantFrom<1 | 2>(1, 2);

  it('give each dimension its levels and places', async () => {
    await fc.assert(
      fc.asyncProperty(lists, width, async (all, placeBytes) => {
        const stored = await written(all, placeBytes);
        assert.deepEqual([...stored.dimensions], [...all.keys()]);
        for (const [dimension, own] of all) {
          const found = (await stored.find(dimension))!;
          assert.deepEqual([...found.docs], [...own.keys()]);
          [...own.values()].forEach(([level, place], i) => {
            assert.equal(stored.level(found, i), level);
            if (kept(place, placeBytes) !== -1) assert.equal(stored.place(found, i), place);
          });
        }
        await stored.verify(PASSAGES);
      }),
      { numRuns },
    );
  });

  it('have none for any other dimension', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.nat(100_000), async (all, dimension) => {
        const found = await (await written(all, 1)).find(dimension);
        assert.equal(found === null, !all.has(dimension));
      }),
      { numRuns },
    );
  });

  it('have impacts that bound the weight from above, by less than a step', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async all => {
        const stored = await written(all, 1);
        for (const [dimension, own] of all) {
          const impacts = planeOf((await stored.find(dimension))!, 0);
          [...own.values()].forEach(([level], i) => {
            const weight = level * STEP;
            assert.ok(impacts[i]! * stored.impactStep >= weight);
            assert.ok((impacts[i]! - 1) * stored.impactStep < weight);
          });
        }
      }),
      { numRuns },
    );
  });

  it('give the rows of neighbouring passages back', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.nat(PASSAGES), fc.nat(PASSAGES), async (all, a, b) => {
        const [first, end] = [Math.min(a, b), Math.max(a, b)];
        const found = new Set<string>();
        await (
          await written(all, 2)
        ).weightsOf(first, end, (passage, dimension, weight, place) =>
          found.add(`${passage} ${dimension} ${weight} ${place}`),
        );
        const wanted = [...all].flatMap(([dimension, own]) =>
          [...own].flatMap(([passage, [level, place]]) =>
            passage >= first && passage < end ? [`${passage} ${dimension} ${level * STEP} ${place}`] : [],
          ),
        );
        assert.deepEqual([...found].sort(), wanted.sort());
      }),
      { numRuns },
    );
  });

  it('are read one after the other by a reader', async () => {
    await fc.assert(
      fc.asyncProperty(lists, async all => {
        const stored = await written(all, 1);
        const reader = stored.reader();
        for (const [i, own] of [...all.values()].entries())
          assert.deepEqual([...(await reader.read(i)).docs], [...own.keys()]);
      }),
      { numRuns },
    );
  });

  it('refuse a passage that the segment does not have', async () => {
    const stored = await written(new Map([[3, new Map([[9, [1, 0] as const]])]]), 1);
    await stored.verify(10);
    await assert.rejects(stored.verify(9));
  });
});
