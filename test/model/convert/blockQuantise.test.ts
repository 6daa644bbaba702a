import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packedInt4, quantiseBlocks } from '../../../src/model/convert/blockQuantise.ts';
import { BLOCK } from '../../../src/model/convert/quantise.ts';

const COLUMNS = 2 * BLOCK;
const matrices = fc
  .integer({ min: 1, max: 3 })
  .chain(rows =>
    fc.array(fc.float({ min: -100, max: 100, noNaN: true }), {
      minLength: rows * COLUMNS,
      maxLength: rows * COLUMNS,
    }),
  )
  .map(values => Float32Array.from(values));

describe('quantisation in blocks of 4 bits', () => {
  it('keeps to its ranges: the product of level and factor has 7 bits', () => {
    fc.assert(
      fc.property(matrices, data => {
        const { levels, factors, scales } = quantiseBlocks(data, COLUMNS);
        assert.ok(scales.every(scale => scale > 0));
        assert.ok(factors.every(factor => factor !== 0 && Math.abs(factor) <= 7));
        levels.forEach((level, i) => {
          assert.ok(level >= -8 && level <= 7);
          assert.ok(Math.abs(level * factors[Math.floor(i / BLOCK)]!) <= 63);
        });
      }),
    );
  });

  it('is never worse than all blocks at the largest factor, and leaves zeros zero', () => {
    fc.assert(
      fc.property(matrices, data => {
        const { levels, factors, scales } = quantiseBlocks(data, COLUMNS);
        for (let row = 0; row < scales.length; row++) {
          const values = data.subarray(row * COLUMNS, (row + 1) * COLUMNS);
          const widest = Math.max(...values.map(Math.abs)) / 8 || 1;
          let [error, plain] = [0, 0];
          values.forEach((value, column) => {
            const i = row * COLUMNS + column;
            const restored = levels[i]! * factors[Math.floor(i / BLOCK)]! * scales[row]!;
            if (value === 0) assert.equal(Math.abs(restored), 0);
            error += (value - restored) ** 2;
            plain += (value - Math.max(-8, Math.min(7, Math.round(value / widest))) * widest) ** 2;
          });
          assert.ok(error <= plain * (1 + 1e-5) + 1e-12, `${error} > ${plain}`);
        }
      }),
    );
  });

  it('takes the largest factor where it fits a block of two extremes better than the ones its larger asks for', () => {
    const row = new Float32Array(COLUMNS);
    [row[0], row[BLOCK], row[BLOCK + 1]] = [-100, -37, 47];
    assert.equal(Math.abs(quantiseBlocks(row, COLUMNS).factors[1]!), 7);
  });

  it('gives a block of small values steps of its own', () => {
    const row = Float32Array.from({ length: COLUMNS }, (_, i) => (i < BLOCK ? i - 8 : (i - 48) / 16));
    const { levels, factors, scales } = quantiseBlocks(row, COLUMNS);
    assert.ok(Math.abs(factors[0]!) > Math.abs(factors[1]!));
    const restored = levels[40]! * factors[1]! * scales[0]!;
    assert.ok(Math.abs(restored - row[40]!) <= Math.abs(scales[0]!) / 2 + 1e-6);
  });

  it('refuses rows that are no whole blocks', () => {
    assert.throws(() => quantiseBlocks(new Float32Array(30), 30), RangeError);
  });

  it('packs two values a byte, the first in the low half', () => {
    assert.deepEqual([...packedInt4(Int8Array.of(1, -8, 7, -1, -2))], [0x81, 0xf7, 0x0e]);
  });
});
