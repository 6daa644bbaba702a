import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainKernel } from '../../../src/index/kernel/plainKernel.ts';
import type { ScoreKernel } from '../../../src/index/kernel/scoreKernel.ts';
import { wasmKernel } from '../../../src/index/kernel/wasmKernel.ts';
import { compiledKernel } from '../../fakes/compiledKernel.ts';

const COUNT = 192;
/** Places in memory: all apart, and none at the start, where a compiler's own data is. */
const [DOCS, VALUES, LIVE, NORMS, SEMANTIC, LEXICAL, FUSED, MAXIMA, FOUND] = [
  1_024, 2_048, 4_096, 5_120, 6_144, 7_168, 8_192, 9_216, 10_240,
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
function run(kernel: ScoreKernel, { terms, norms, dead, floor }: Query): unknown {
  const memory = kernel.memory(65_536);
  new Uint8Array(memory, DOCS, FOUND + 4 * COUNT - DOCS).fill(0);
  new Float32Array(memory, NORMS, COUNT).set(norms);
  const live = new Uint8Array(memory, LIVE, COUNT).fill(1);
  for (const doc of dead) live[doc] = 0;
  for (const { docs, values, weight, factor } of terms) {
    new Uint16Array(memory, DOCS, docs.length).set(docs);
    new Uint8Array(memory, VALUES, docs.length).set(values);
    kernel.addImpacts(DOCS, VALUES, docs.length, weight, SEMANTIC);
    kernel.addSaturated(DOCS, VALUES, docs.length, factor, 1.5, NORMS, LEXICAL);
  }
  kernel.silence(SEMANTIC, LIVE, COUNT);
  kernel.silence(LEXICAL, LIVE, COUNT);
  kernel.fuse(SEMANTIC, LEXICAL, 1e-5, 0.7, FUSED, MAXIMA, COUNT);
  const bits = new Int32Array(new Float32Array([floor]).buffer)[0]!;
  const found = kernel.collect(FUSED, COUNT, bits, FOUND);
  return {
    semantic: Array.from(new Uint32Array(memory, SEMANTIC, COUNT)),
    lexical: Array.from(new Uint32Array(memory, LEXICAL, COUNT)),
    fused: Array.from(new Uint32Array(memory, FUSED, COUNT)),
    maxima: Array.from(new Uint32Array(memory, MAXIMA, COUNT / 64)),
    largest: [SEMANTIC, LEXICAL, FUSED].map(values => kernel.largest(values, COUNT)),
    found: Array.from(new Uint32Array(memory, FOUND, found)),
    count: [kernel.countFrom(FUSED, COUNT, bits)],
  };
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

  it('collect what is not below the floor, and the largest of each block is one of them', () => {
    fc.assert(
      fc.property(queries, query => {
        const { fused, found, count, maxima } = run(plainKernel(), query) as Record<string, number[]>;
        assert.deepEqual(count, [found!.length]);
        const floats = new Float32Array(Uint32Array.from(fused!).buffer);
        assert.deepEqual(
          found,
          [...floats.keys()].filter(i => floats[i]! >= query.floor),
        );
        const largest = new Float32Array(Uint32Array.from(maxima!).buffer);
        largest.forEach((value, block) =>
          assert.equal(value, Math.max(...floats.subarray(64 * block, 64 * block + 64))),
        );
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
