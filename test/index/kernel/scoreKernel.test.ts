import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import type { ScoreKernel } from '../../../src/index/kernel/scoreKernel.ts';
import { wasmKernel } from '../../../src/index/kernel/wasmKernel.ts';
import { compiledKernel } from '../../fakes/compiledKernel.ts';

const COUNT = 192;
/** Places in memory: all apart, and none at the start, where a compiler's own data is. */
const [DOCS, VALUES, LIVE, NORMS, SEMANTIC, LEXICAL, SEMANTIC_MAXIMA, LEXICAL_MAXIMA, MAXIMA, FOUND] = [
  1_024, 2_048, 4_096, 5_120, 6_144, 7_168, 9_216, 9_472, 9_728, 10_240,
];

const postings = fc.uniqueArray(fc.nat(COUNT - 1), { maxLength: COUNT }).chain(docs =>
  fc.record({
    docs: fc.constant([...docs].sort((a, b) => a - b)),
    values: fc.array(fc.nat(255), { minLength: docs.length, maxLength: docs.length }),
    weight: fc.integer({ min: 1, max: 60_000 }),
    factor: fc.float({ min: Math.fround(0.01), max: 20, noNaN: true }),
  }),
);
const queries = fc.record({
  terms: fc.array(postings, { minLength: 1, maxLength: 6 }),
  norms: fc.array(fc.float({ min: Math.fround(0.1), max: 5, noNaN: true }), {
    minLength: COUNT,
    maxLength: COUNT,
  }),
  dead: fc.array(fc.nat(COUNT - 1), { maxLength: 20 }),
  floor: fc.float({ min: Math.fround(0.01), max: 50, noNaN: true }),
});
type Query = typeof queries extends fc.Arbitrary<infer T> ? T : never;

/** A whole query through the kernel; what memory holds then, and every answer. */
function run(kernel: ScoreKernel, { terms, norms, dead, floor }: Query): Record<string, number[]> {
  const memory = kernel.memory(65_536);
  new Uint8Array(memory, DOCS, FOUND + 8 * COUNT - DOCS).fill(0);
  new Float32Array(memory, NORMS, COUNT).set(norms);
  const live = new Uint8Array(memory, LIVE, COUNT).fill(1);
  for (const doc of dead) live[doc] = 0;
  for (const { docs, values, weight, factor } of terms) {
    new Uint16Array(memory, DOCS, docs.length).set(docs);
    new Uint8Array(memory, VALUES, docs.length).set(values);
    kernel.addImpacts(DOCS, VALUES, docs.length, weight, SEMANTIC);
    kernel.addSaturated(DOCS, VALUES, docs.length, factor, 1.5, 0.4, NORMS, LEXICAL);
  }
  kernel.maskScores(SEMANTIC, LIVE, COUNT);
  kernel.maskScores(LEXICAL, LIVE, COUNT);
  const bits = new Int32Array(new Float32Array([floor]).buffer)[0]!;
  const numbers = (at: number, count: number): number[] => Array.from(new Uint32Array(memory, at, count));
  const result: Record<string, number[]> = {
    semantic: numbers(SEMANTIC, COUNT),
    lexical: numbers(LEXICAL, COUNT),
  };
  for (const [name, values, least] of [
    ['semantic', SEMANTIC, Math.ceil(floor * 10_000)],
    ['lexical', LEXICAL, bits],
  ] as const) {
    result[`${name} largest`] = [kernel.blockMaxima(values, COUNT, MAXIMA)];
    result[`${name} maxima`] = numbers(MAXIMA, COUNT / 64);
    result[`${name} found`] = numbers(FOUND, 2 * kernel.collect(values, MAXIMA, COUNT, least, FOUND));
    result[`${name} count`] = [kernel.countFrom(values, MAXIMA, COUNT, least)];
    result[`${name} floor`] = [least];
  }
  const [a, b] = [1e-5, 0.7];
  kernel.blockMaxima(SEMANTIC, COUNT, SEMANTIC_MAXIMA);
  kernel.blockMaxima(LEXICAL, COUNT, LEXICAL_MAXIMA);
  kernel.fusedMaxima(SEMANTIC_MAXIMA, LEXICAL_MAXIMA, a, b, COUNT, MAXIMA);
  result['fused maxima'] = numbers(MAXIMA, COUNT / 64);
  const found = kernel.collectFused(SEMANTIC, LEXICAL, a, b, MAXIMA, COUNT, floor, FOUND);
  result['fused found'] = numbers(FOUND, 2 * found);
  result['fused count'] = [kernel.countFused(SEMANTIC, LEXICAL, a, b, MAXIMA, COUNT, floor)];
  return result;
}

describe('the scoring kernels', () => {
  it('give the same bits', async function () {
    this.timeout(60_000);
    const [plain, compiled] = [plainKernel(), await compiledKernel()];
    assert.deepEqual([plain.kind, compiled.kind], ['plain', 'wasm']);
    fc.assert(
      fc.property(queries, query => assert.deepEqual(run(compiled, query), run(plain, query))),
      { numRuns: 500 },
    );
  });

  it('collect and count what is not below the floor, and know the largest of each block', () => {
    fc.assert(
      fc.property(queries, query => {
        const result = run(plainKernel(), query);
        const floats = (bits: readonly number[]): number[] => [
          ...new Float32Array(Uint32Array.from(bits).buffer),
        ];
        const { fround } = Math;
        const lexical = floats(result['lexical']!);
        const fused = result['semantic']!.map((score, i) =>
          fround(fround(fround(score) * fround(1e-5)) + fround(lexical[i]! * fround(0.7))),
        );
        for (const [name, values, maxima, least] of [
          ['semantic', result['semantic']!, result['semantic maxima']!, result['semantic floor']![0]!],
          ['lexical', result['lexical']!, result['lexical maxima']!, result['lexical floor']![0]!],
          ['fused', fused, floats(result['fused maxima']!), fround(query.floor)],
        ] as const) {
          const wanted = [...values.keys()].filter(i => values[i]! >= least);
          assert.deepEqual(result[`${name} count`], [wanted.length], name);
          const found = result[`${name} found`]!;
          assert.deepEqual(
            found.filter((_, i) => i % 2 === 0),
            wanted,
          );
          const bounds = found.filter((_, i) => i % 2 === 1);
          assert.deepEqual(
            name === 'fused' ? floats(bounds) : bounds,
            wanted.map(i => values[i]!),
          );
          if (name !== 'fused')
            assert.deepEqual(result[`${name} largest`], [Math.max(...result[`${name} maxima`]!)]);
          maxima.forEach((value, block) => {
            const largest = Math.max(...values.slice(64 * block, 64 * block + 64));
            // Of the fused scores it is a bound: the largest of both channels may be two passages.
            if (name === 'fused') assert.ok(value >= largest);
            else assert.equal(value, largest);
          });
        }
      }),
    );
  });

  it('find passages in a list', async () => {
    const kernels = [plainKernel(), await compiledKernel()];
    const lists = fc.array(fc.uniqueArray(fc.nat(65_535), { maxLength: 200 }), { maxLength: 3 });
    fc.assert(
      fc.property(lists, fc.array(fc.nat(65_535), { maxLength: 20 }), (unsorted, others) => {
        const sorted = unsorted.map(docs => Uint16Array.from(docs).sort());
        const wanted = [...others, ...unsorted.flatMap(docs => docs.slice(0, 5))];
        for (const kernel of kernels) {
          const memory = kernel.memory(65_536);
          sorted.forEach((list, i) => {
            const at = DOCS + 400 * i;
            new Uint16Array(memory, at, list.length).set(list);
            new Uint32Array(memory, LIVE + 8 * i, 2).set([at, list.length]);
          });
          new Uint32Array(memory, SEMANTIC, wanted.length).set(wanted);
          kernel.locate(LIVE, sorted.length, SEMANTIC, wanted.length, FOUND);
          assert.deepEqual(
            [...new Int32Array(memory, FOUND, sorted.length * wanted.length)],
            sorted.flatMap(list => wanted.map(passage => list.indexOf(passage))),
            kernel.kind,
          );
        }
      }),
    );
  });

  it('memory grows and keeps what was in it', async () => {
    for (const kernel of [plainKernel(), await compiledKernel()]) {
      new Uint8Array(kernel.memory(2_000), 1_500, 1)[0] = 7;
      const larger = kernel.memory(1_000_000);
      assert.ok(larger.byteLength >= 1_000_000);
      assert.equal(new Uint8Array(larger)[1_500], 7);
    }
  });

  it('bytes that are no module give no kernel', () => {
    assert.equal(wasmKernel(new Uint8Array([0, 1, 2])), null);
  });
});
