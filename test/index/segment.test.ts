import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byDimension, Segment } from '../../src/index/segment.ts';
import { writeSegment } from '../../src/index/segmentWriter.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

const FILES = [
  file('가/회의록.md', [
    passage('예산 회의를 한다', vectorOf({ 3: 1.5, 70_000: 0.25 }, { 3: 2, 70_000: 0xffff }), [
      '회의록',
      '안건',
    ]),
    passage('다음 예산', vectorOf({ 3: 0.5 })),
  ]),
  file('b.txt', [passage('Kubernetes 예산', vectorOf({ 9: 2.25 }))]),
];

describe('Segment', () => {
  let segment: Segment;
  before(async () => {
    segment = await Segment.of('test', writeSegment(FILES));
  });

  it('gives files and passages back', async () => {
    assert.equal(segment.fileCount, 2);
    assert.deepEqual(segment.file(1), { ...head(FILES[1]!), passageCount: 1 });
    assert.deepEqual(segment.passagesOf(0), { first: 0, end: 2 });
    assert.deepEqual(
      [0, 1, 2].map(p => segment.fileOf(p)),
      [0, 0, 1],
    );
    const { vector: _, terms: __, text, ...plain } = FILES[0]!.passages[0]!;
    assert.deepEqual(segment.passage(0), plain);
    assert.equal(await segment.text(0), text);
    assert.equal(await segment.text(2), FILES[1]!.passages[0]!.text);
  });

  it('has postings whose impacts are never below the weight', async () => {
    const { docs, values } = (await segment.semantic(3))!;
    assert.deepEqual([...docs], [0, 1]);
    assert.ok(values[0]! * segment.impactStep >= 1.5 - 1e-4);
    assert.ok((values[0]! - 1) * segment.impactStep < 1.5);
    assert.equal(await segment.semantic(4), null);
  });

  it('has exact weights and places in the forward index', async () => {
    const vector = await segment.forward(0);
    const { weight, place } = segment.weights(vector).get(70_000)!;
    assert.ok(Math.abs(weight - 0.25) < 1e-4);
    assert.equal(place, 0xffff);
    assert.ok(Math.abs(segment.dot(vector, byDimension(new Map([[3, 2]]))) - 3) < 1e-3);
  });

  it('finds lexical terms by their bytes and by prefix', async () => {
    const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
    assert.deepEqual([...(await segment.lexical(utf8('예산')))!.docs], [0, 1, 2]);
    assert.deepEqual([...(await segment.lexical(utf8('kubernetes')))!.docs], [2]);
    assert.equal(await segment.lexical(utf8('예')), null);
    assert.deepEqual(
      (await segment.lexicalWithPrefix(utf8('회'), 9)).map(({ term }) => term),
      ['회의'],
    );
    // Counted apart: once in the text, once in the heading.
    assert.equal((await segment.lexical(utf8('회의')))!.values[0], 1 | (1 << 4));
  });

  it('writes the same records again from itself, to the bit', async () => {
    const weights = fc.dictionary(
      fc.nat(500).map(String),
      fc.float({ min: Math.fround(0.01), max: 4, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(weights, fc.string({ unit: 'grapheme' })), { maxLength: 8 }),
        async rows => {
          const first = await Segment.of(
            '1',
            writeSegment([
              file(
                'a',
                rows.map(([w, text]) => passage(text, vectorOf(w))),
              ),
            ]),
          );
          const second = await Segment.of('2', writeSegment(await first.records([0])));
          for (let p = 0; p < first.passageCount; p++) {
            assert.deepEqual(second.weights(await second.forward(p)), first.weights(await first.forward(p)));
            assert.equal(await second.text(p), await first.text(p));
            assert.deepEqual(second.passage(p), first.passage(p));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

function head({ passages: _, ...rest }: (typeof FILES)[number]): Omit<(typeof FILES)[number], 'passages'> {
  return rest;
}
