import assert from 'node:assert/strict';
import fc from 'fast-check';
import { narrowFloat16, widenFloat16 } from '../../../src/model/checkpoint/halfFloats.ts';

describe('half floats', () => {
  it('come back from 32 bits as they were, every one of them', () => {
    const all = Uint16Array.from({ length: 1 << 16 }, (_, bits) => bits).filter(
      bits => (bits & 0x7c00) !== 0x7c00,
    );
    assert.deepEqual(narrowFloat16(widenFloat16(all)), all);
  });

  it('are the nearest there are', () => {
    fc.assert(
      fc.property(fc.float({ min: -65_504, max: 65_504, noNaN: true }), value => {
        const bits = narrowFloat16(Float32Array.of(value));
        const found = widenFloat16(bits)[0]!;
        for (const other of [bits[0]! - 1, bits[0]! + 1]) {
          if (other < 0 || (other & 0x7c00) === 0x7c00) continue;
          const next = widenFloat16(Uint16Array.of(other))[0]!;
          assert.ok(Math.abs(found - value) <= Math.abs(next - value));
        }
      }),
    );
  });

  it('between two go to the even one, and never beyond the largest', () => {
    const found = narrowFloat16(Float32Array.of(1 + 1 / 2048, 1 + 3 / 2048, 1e9, -1e9, NaN));
    assert.deepEqual([...found], [0x3c00, 0x3c02, 0x7bff, 0xfbff, 0x7e00]);
  });
});
