import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BATCH_TOKENS, batchesOf } from '../../../src/workspace/indexing/stages/batches.ts';

describe('batchesOf', () => {
  it('holds every passage once, within the budget, similar lengths together', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300)), lengths => {
        const batches = batchesOf(lengths);
        assert.deepEqual(
          batches.flat().sort((a, b) => a - b),
          lengths.map((_, i) => i),
        );
        for (const batch of batches) {
          const longest = Math.max(...batch.map(i => lengths[i]!));
          assert.ok(batch.length === 1 || longest * batch.length <= BATCH_TOKENS);
        }
      }),
    );
  });
});
