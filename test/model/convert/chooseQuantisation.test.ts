import assert from 'node:assert/strict';
import { chooseQuantisation } from '../../../src/model/convert/chooseQuantisation.ts';

describe('chooseQuantisation', () => {
  /** Cosine, share of the 100 strongest, and a speed that must not matter. */
  const choose = async (
    measured: Readonly<Record<string, readonly [number, number, number]>>,
  ): Promise<readonly [string, readonly string[]]> => {
    const asked: string[] = [];
    const { quantisation } = await chooseQuantisation(candidate => {
      asked.push(candidate);
      const [cosine, top100, tokensPerSecond] = measured[candidate]!;
      return Promise.resolve({ cosine, worstCosine: cosine, top100, tokensPerSecond });
    });
    return [quantisation, asked];
  };

  it('takes the first that is good enough, however fast the others are, and measures no further', async () => {
    const fast = await choose({ s7: [0.997, 0.95, 1], u8: [0.999, 0.99, 1e6], w8: [1, 1, 1e6] });
    const slow = await choose({ s7: [0.997, 0.95, 1e6], u8: [0.999, 0.99, 1], w8: [1, 1, 1] });
    assert.deepEqual(fast, ['s7', ['s7']]);
    assert.deepEqual(slow, fast);
  });

  it('goes on where cosine or the strongest dimensions suffer', async () => {
    assert.equal((await choose({ s7: [0.994, 0.95, 1], u8: [0.996, 0.94, 1], w8: [1, 1, 1] }))[0], 'u8');
    assert.equal((await choose({ s7: [0.999, 0.9, 1], u8: [0.99, 0.99, 1], w8: [1, 1, 1] }))[0], 'w8');
  });

  it('takes the most faithful where none is good enough', async () => {
    assert.equal((await choose({ s7: [0.9, 0.5, 1], u8: [0.92, 0.5, 1], w8: [0.91, 0.9, 1] }))[0], 'u8');
  });
});
