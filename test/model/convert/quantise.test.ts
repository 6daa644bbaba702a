import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  BLOCK,
  fourBitRows,
  QuantisationError,
  quantiseSigned,
  quantiseUnsigned,
  transpose,
} from '../../../src/model/convert/quantise.ts';

const matrices = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.float({ min: -100, max: 100, noNaN: true }), {
        minLength: rows * columns,
        maxLength: rows * columns,
      })
      .map(values => ({ data: Float32Array.from(values), columns })),
  );

describe('quantisation', () => {
  it('restores every value within half a step of its row, and zero exactly', () => {
    fc.assert(
      fc.property(matrices, ({ data, columns }) => {
        for (const { values, scales, zeroPoints } of [
          quantiseUnsigned(data, columns),
          quantiseSigned(data, columns, 127),
          quantiseSigned(data, columns, 63),
        ])
          data.forEach((value, i) => {
            const row = Math.floor(i / columns);
            const zero = zeroPoints?.[row] ?? 0;
            const restored = (values[i]! - zero) * scales[row]!;
            // An unsigned zero point is itself rounded: the row's ends may be off by half a step more.
            const steps = zeroPoints === null ? 0.5 : 1;
            assert.ok(Math.abs(restored - value) <= steps * scales[row]! * (1 + 1e-5));
            if (value === 0) assert.equal(restored, 0);
          });
      }),
    );
  });

  it('never leaves the range whose sums fit in 16 bits', () => {
    fc.assert(
      fc.property(matrices, ({ data, columns }) => {
        for (const value of quantiseSigned(data, columns, 63).values) assert.ok(Math.abs(value) <= 63);
      }),
    );
    assert.ok(2 * 255 * 63 <= 32_767);
  });

  it('gives a row that leans to one side all 256 steps', () => {
    const row = Float32Array.from({ length: 256 }, (_, i) => i / 10);
    const error = new QuantisationError();
    error.add(row, 256, quantiseUnsigned(row, 256));
    assert.ok(error.relative < 1e-6);
  });

  it('finds the 4 bits that values had, and says where they had none', () => {
    const blocks = fc.array(
      fc.tuple(
        fc.float({ min: Math.fround(-3), max: 3, noNaN: true }),
        fc.array(fc.integer({ min: -8, max: 7 }), { minLength: BLOCK - 1, maxLength: BLOCK - 1 }),
      ),
      { minLength: 2, maxLength: 2 },
    );
    fc.assert(
      fc.property(blocks, fc.nat(), (parts, at) => {
        const data = Float32Array.from(
          parts.flatMap(([scale, levels]) => [-8, ...levels].map(level => level * scale)),
        );
        const { values, scales } = fourBitRows(data, 2 * BLOCK)!;
        data.forEach((value, i) => {
          const level = ((values[i >> 1]! >> (4 * (i & 1))) & 15) - 8;
          const restored = level * scales[Math.floor(i / BLOCK)]!;
          assert.ok(Math.abs(restored - value) <= 1e-6 * 8 * Math.abs(parts[i < BLOCK ? 0 : 1]![0]));
        });
        const block = at % 2;
        const scale = parts[block]![0];
        if (Math.abs(scale) < 1e-30) return;
        data[block * BLOCK + 1 + (at % (BLOCK - 1))] = 0.4 * scale;
        assert.equal(fourBitRows(data, 2 * BLOCK), null);
      }),
    );
    assert.equal(fourBitRows(new Float32Array(30), 30), null);
  });

  it('transposes, and back', () => {
    fc.assert(
      fc.property(matrices, ({ data, columns }) => {
        const there = transpose(data, columns);
        assert.deepEqual(transpose(there, data.length / columns), data);
        assert.equal(there[Math.floor(data.length / columns) * (columns - 1)], data[columns - 1]);
      }),
    );
  });
});
