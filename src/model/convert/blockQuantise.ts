/**
 * Four bits a value that become 7-bit integers without float arithmetic: a value is `level * factor * scale`, with a
 * level of 4 bits, a whole factor for each block of a row, and one scale for the row. `level * factor` fits the signed
 * 7 bits that the integer products of `quantise.ts` work with, so the file is half as large and a product as fast.
 */
import { BLOCK } from './quantise.ts';

export interface BlockQuantisedRows {
  /** `[rows, columns]`, -8 .. 7 */
  readonly levels: Int8Array;
  /** `[rows, columns / BLOCK]`, -7 .. 7, never 0. */
  readonly factors: Int8Array;
  /** `[rows]` */
  readonly scales: Float32Array;
}

/** -8 times 7: the largest product of a level and a factor. */
const REACH = 56;
const LARGEST_FACTOR = 7;
/** Shares of the scale that just reaches a row's largest value: clipping it is often the lesser error. */
const SHARES = [1, 0.92, 0.85, 0.78, 0.7];

/** The scale of each row and the factor of each block that leave the least squared error among those tried. */
export function quantiseBlocks(data: Float32Array, columns: number): BlockQuantisedRows {
  if (columns % BLOCK !== 0) throw new RangeError(`${columns} columns are no whole blocks of ${BLOCK}`);
  const rows = data.length / columns;
  const blocks = columns / BLOCK;
  const factors = new Int8Array(rows * blocks);
  const scales = new Float32Array(rows);
  const levels = new Int8Array(data.length);
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * columns, (row + 1) * columns);
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let least = Infinity;
    for (const share of largest === 0 ? [1] : SHARES) {
      const scale = Math.fround((share * largest) / REACH) || 1;
      const tried = new Int8Array(blocks);
      let error = 0;
      for (let block = 0; block < blocks; block++) {
        const part = values.subarray(block * BLOCK, (block + 1) * BLOCK);
        const { factor, squares } = bestFactor(part, scale);
        tried[block] = factor;
        error += squares;
      }
      if (error >= least) continue;
      least = error;
      scales[row] = scale;
      factors.set(tried, row * blocks);
    }
    for (let i = 0; i < columns; i++)
      levels[row * columns + i] = levelOf(
        values[i]!,
        scales[row]! * factors[row * blocks + Math.floor(i / BLOCK)]!,
      );
  }
  return { levels, factors, scales };
}

/**
 * Tries the factors next to the one that the block's extreme asks for, and the largest, with the extreme at -8 and at
 * 7.
 */
function bestFactor(part: Float32Array, scale: number): { factor: number; squares: number } {
  let extreme = 0;
  for (const value of part) if (Math.abs(value) > Math.abs(extreme)) extreme = value;
  const wanted = extreme / (-8 * scale);
  const size = Math.floor(Math.abs(wanted));
  let best = { factor: 1, squares: Infinity };
  for (const sign of wanted < 0 ? [-1, 1] : [1, -1])
    for (const step of new Set([size, size + 1, LARGEST_FACTOR])) {
      const factor = sign * Math.max(1, Math.min(LARGEST_FACTOR, step));
      let squares = 0;
      for (const value of part) squares += (value - levelOf(value, scale * factor) * scale * factor) ** 2;
      if (squares < best.squares) best = { factor, squares };
    }
  return best;
}

function levelOf(value: number, step: number): number {
  return Math.max(-8, Math.min(7, Math.round(value / step)));
}

/** Two's complement of 4 bits, two a byte, the first in the low half: ONNX's packing of INT4. */
export function packedInt4(values: Int8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(values.length / 2));
  values.forEach((value, i) => (packed[i >> 1]! |= (value & 15) << (4 * (i & 1))));
  return packed;
}
