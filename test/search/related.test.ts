import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import { Segment } from '../../src/index/segment/segment.ts';
import { writeSegment } from '../../src/index/segment/segmentWriter.ts';
import { LocalSource } from '../../src/search/localSource.ts';
import { fileQuery, mean, passageQuery } from '../../src/search/relatedQuery.ts';
import { file, passage, vectorOf } from '../fakes/records.ts';

const NAMES = Array.from({ length: 300 }, (_, i) => `말${i}`);

describe('a query made of stored vectors', () => {
  it('has the words of its passage, each dimension at the word that lit it up', () => {
    const query = passageQuery('연차 휴가', vectorOf({ 3: 2, 5: 1 }, { 3: 1, 5: 0 }), NAMES);
    assert.deepEqual(
      query.semantic.map(({ dimension, word }) => [dimension, query.words[word]!.text]),
      [
        [3, '휴가'],
        [5, '연차'],
      ],
    );
    assert.deepEqual(query.lexical, []);
  });

  it('has the mean of a file’s passages', () => {
    const { dimensions, weights } = mean([vectorOf({ 1: 2, 4: 1 }), vectorOf({ 4: 3 })]);
    assert.deepEqual([...dimensions], [1, 4]);
    assert.deepEqual([...weights], [1, 2]);
    const { words, semantic } = fileQuery('규정.md', [vectorOf({ 4: 1 })], NAMES);
    assert.deepEqual(
      words.map(({ text }) => text),
      ['규정.md'],
    );
    assert.deepEqual(
      semantic.map(({ word }) => word),
      [0],
    );
  });

  it('keeps the heaviest dimensions of a long vector', () => {
    const long = vectorOf(Object.fromEntries(NAMES.map((_, i) => [i, 1 + i / 1000])));
    const { semantic } = passageQuery('글', long, NAMES);
    assert.equal(semantic.length, 96);
    assert.equal(Math.min(...semantic.map(({ dimension }) => dimension)), NAMES.length - 96);
  });
});

describe('passages like another one', () => {
  const weights = fc.dictionary(fc.nat(9).map(String), fc.integer({ min: 1, max: 8 }), {
    minKeys: 1,
    maxKeys: 5,
  });

  it('are those of other files, ordered as their vectors’ products, and their shared concepts sum to the score', function () {
    this.timeout(30_000);
    return fc.assert(
      fc.asyncProperty(fc.array(weights, { minLength: 2, maxLength: 8 }), async vectors => {
        const records = vectors.map((own, i) => file(`${i}.md`, [passage(`글 ${i}`, vectorOf(own))]));
        const segment = await Segment.of('s', writeSegment(records));
        const source = new LocalSource(new Scorer(plainKernel), new Map([[segment, '/notes']]));
        const query = passageQuery('글 0', vectorOf(vectors[0]!), NAMES);
        const settings = { limit: 100, channel: 'semantic', floor: 0 } as const;
        const hits = await source.others({ query, settings }, [{ segment, passage: 0 }]);
        const product = (name: string): number =>
          Object.entries(vectors[Number.parseInt(name, 10)]!).reduce(
            (sum, [dimension, weight]) => sum + weight * (vectors[0]![dimension] ?? 0),
            0,
          );
        const expected = vectors.slice(1).filter((_, i) => product(`${i + 1}.md`) > 0).length;
        assert.equal(hits.length, expected);
        assert.ok(hits.every(({ file: name }) => name !== '0.md'));
        for (const [i, { file: name, score, contributions }] of hits.entries()) {
          if (i > 0) assert.ok(product(name) <= product(hits[i - 1]!.file) * (1 + 1e-3));
          assert.ok(Math.abs(contributions.reduce((sum, { value }) => sum + value, 0) - score) < 1e-6);
        }
      }),
      { numRuns: 50 },
    );
  });
});
