import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joined } from '../../../src/index/segment/byteSink.ts';
import { mergeSegments } from '../../../src/index/merge/mergeSegments.ts';
import { planeOf } from '../../../src/index/segment/postings.ts';
import { Segment } from '../../../src/index/segment/segment.ts';
import { writeSegment } from '../../../src/index/segment/segmentWriter.ts';
import { vectorsOf } from '../../../src/index/merge/vectorWindows.ts';
import { file, passage, vectorOf } from '../../fakes/records.ts';
import { recordsOf } from '../../fakes/segmentRecords.ts';

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
    assert.deepEqual(segment.file(1), { ...head(FILES[1]!), passageCount: 1, pendingCount: 0 });
    assert.deepEqual(segment.passagesOf(0), { first: 0, end: 2 });
    assert.deepEqual(
      [0, 1, 2].map(p => segment.fileOf(p)),
      [0, 0, 1],
    );
    const { vector: _, terms: __, text, beside: ___, ...plain } = FILES[0]!.passages[0]!;
    assert.deepEqual(await segment.passage(0), plain);
    assert.equal(await segment.text(0), text);
    assert.equal(await segment.text(2), FILES[1]!.passages[0]!.text);
  });

  it('has postings whose impacts are never below the weight', async () => {
    const postings = (await segment.semantic(3))!;
    const impacts = planeOf(postings, 0);
    assert.deepEqual([...postings.docs], [0, 1]);
    assert.ok(impacts[0]! * segment.impactStep >= 1.5 - 1e-4);
    assert.ok((impacts[0]! - 1) * segment.impactStep < 1.5);
    assert.equal(await segment.semantic(4), null);
  });

  it('has exact weights and places', async () => {
    const [first, second] = await vectorsOf(segment, 0, 2);
    assert.deepEqual([...first!.dimensions], [3, 70_000]);
    assert.ok(Math.abs(first!.weights[1]! - 0.25) < 1e-4);
    assert.deepEqual([...first!.places], [2, 0xffff]);
    assert.deepEqual([...second!.dimensions], [3]);
  });

  it('finds lexical terms by their bytes and by prefix', async () => {
    const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
    assert.deepEqual([...(await segment.lexical(utf8('예산')))!.docs], [0, 1, 2]);
    assert.deepEqual([...(await segment.lexical(utf8('kubernetes')))!.docs], [2]);
    assert.equal(await segment.lexical(utf8('예')), null);
    assert.deepEqual(
      (await segment.lexicalLists.withPrefix(utf8('회'), 9)).map(({ term }) =>
        new TextDecoder().decode(term),
      ),
      ['회의'],
    );
    // Counted apart: once in the text, once in the heading.
    assert.equal((await segment.lexical(utf8('회의')))!.planes[0], 1 | (1 << 4));
  });

  it('lists the terms of one kind with their counts, without reading lists', async () => {
    const kinds = ['\u0001', '\u0002', ''].map(prefix => new TextEncoder().encode(prefix));
    const lists: string[][] = [];
    for (const kind of kinds) {
      const found: string[] = [];
      for await (const block of segment.lexicalLists.dictionary(kind))
        for (const { term, count } of block) found.push(`${new TextDecoder().decode(term)} ${count}`);
      lists.push(found);
    }
    const [words, pairs, all] = lists;
    assert.deepEqual(words, [
      'kubernetes 1',
      '다음 1',
      '안건 1',
      '예산 3',
      '한다 1',
      '회의 1',
      '회의록 1',
      '회의를 1',
    ].map(line => `\u0001${line}`)); // prettier-ignore
    assert.deepEqual(pairs, []);
    assert.ok(all!.length > words.length && all!.includes('예산 3'));
  });

  it('gives back what was written, also after a merge of any parts, to the bit', async () => {
    const weights = fc.dictionary(
      fc.nat(500).map(String),
      fc.float({ min: Math.fround(0.01), max: 4, noNaN: true }),
    );
    const place = fc.oneof(fc.nat(253), fc.constantFrom(0xffff, 0xfffe, 254, 4_000));
    const text = fc.string({ unit: 'grapheme' });
    const row = fc.tuple(weights, text, fc.array(text, { maxLength: 2 }), place);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row, { maxLength: 5 }), { maxLength: 4 }), async groups => {
        const segments = await Promise.all(
          groups.map((rows, i) => {
            const passages = rows.map(([w, body, headings, at]) => {
              const places = Object.fromEntries(Object.keys(w).map(key => [key, at]));
              const trail = headings.map(heading => heading.replaceAll('\n', '')).filter(h => h !== '');
              return passage(body, vectorOf({ ...w, 7: 4 }, places), trail);
            });
            return Segment.of(`${i}`, writeSegment([file(`a${i}`, passages), file(`b${i}`, passages)]));
          }),
        );
        const parts = segments.map(one => ({
          segment: one,
          files: [0, 1].map(number => ({ file: number, head: one.file(number) })),
        }));
        const options = { pace: () => Promise.resolve(), evicts: () => false };
        const { image } = await mergeSegments({ parts, heads: [] }, options);
        const merged = await Segment.of('merged', joined(image));
        await merged.verify();
        const before = await Promise.all(segments.map(one => recordsOf(one, [0, 1])));
        const numbers = Array.from({ length: merged.fileCount }, (_, i) => i);
        assert.deepEqual(await recordsOf(merged, numbers), before.flat());
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out files in a merge, and gives their vectors away where they are wanted', async () => {
    const options = { pace: () => Promise.resolve(), evicts: () => true };
    const parts = [{ segment, files: [{ file: 1, head: segment.file(1) }] }];
    const { image, evicted } = await mergeSegments({ parts, heads: [] }, options);
    const merged = await Segment.of('merged', joined(image));
    assert.deepEqual(await recordsOf(merged, [0]), await recordsOf(segment, [1]));
    assert.equal(await merged.lexical(new TextEncoder().encode('회의')), null);
    assert.deepEqual(
      evicted.map(({ hash }) => hash),
      FILES[0]!.passages.map(({ hash }) => hash),
    );
    assert.deepEqual([...evicted[0]!.vector.dimensions], [3, 70_000]);
  });
});

function head({ passages: _, ...rest }: (typeof FILES)[number]): Omit<(typeof FILES)[number], 'passages'> {
  return rest;
}
