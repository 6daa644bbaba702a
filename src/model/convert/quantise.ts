/** Quantises float matrices to 8 bits with one scale a row (symmetric: the value is `(q - zero) * scale`). */

/** The format in which a model folder's matrices are stored and computed. */
export type Quantisation = 'fp32' | 'w8' | 'u8' | 's7' | 's4';

export interface QuantisedRows {
  /** `[rows, columns]`, row-major. */
  readonly values: Uint8Array | Int8Array;
  /** `[rows]` */
  readonly scales: Float32Array;
  /** `[rows]`; absent where values are signed and zero is 0. */
  readonly zeroPoints: Uint8Array | null;
}

/** Uses all 256 steps between a row's least and largest value, so that an asymmetric row loses nothing. */
export function quantiseUnsigned(data: Float32Array, columns: number): QuantisedRows {
  const rows = data.length / columns;
  const values = new Uint8Array(data.length);
  const scales = new Float32Array(rows);
  const zeroPoints = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const end = start + columns;
    // Zero must be exact: padding and pruned weights are zeros.
    let [least, largest] = [0, 0];
    for (let i = start; i < end; i++) {
      const value = data[i]!;
      if (value < least) least = value;
      else if (value > largest) largest = value;
    }
    // The scale is rounded to float32 first, because the values must fit the stored scale.
    const scale = Math.fround((largest - least) / 255) || 1;
    const zero = Math.max(0, Math.min(255, Math.round(-least / scale)));
    scales[row] = scale;
    zeroPoints[row] = zero;
    for (let i = start; i < end; i++)
      values[i] = Math.max(0, Math.min(255, Math.round(data[i]! / scale) + zero));
  }
  return { values, scales, zeroPoints };
}

/**
 * Quantises to `-steps .. steps` around zero: 127, or 63 where the sum of two products of 8-bit numbers must fit 16
 * bits (AVX2 without VNNI saturates silently otherwise).
 */
export function quantiseSigned(data: Float32Array, columns: number, steps: 127 | 63): QuantisedRows {
  const rows = data.length / columns;
  const values = new Int8Array(data.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const end = start + columns;
    let largest = 0;
    for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(data[i]!));
    const scale = Math.fround(largest / steps) || 1;
    scales[row] = scale;
    for (let i = start; i < end; i++)
      values[i] = Math.max(-steps, Math.min(steps, Math.round(data[i]! / scale)));
  }
  return { values, scales, zeroPoints: null };
}

/** Number of values that share a scale in 4 bits. */
export const BLOCK = 32;

export interface FourBitRows {
  /** `[rows, columns / 2]`, two values a byte, the first in the low half; 8 stands for zero. */
  readonly values: Uint8Array;
  /** `[rows, columns / BLOCK]` */
  readonly scales: Float32Array;
}

/**
 * The original 4 bits of values that came from GGML's Q4_0 (`-8 .. 7` times the scale of their block, whose extreme is
 * -8), so that nothing is lost; null for other values.
 */
export function fourBitRows(data: Float32Array, columns: number): FourBitRows | null {
  if (columns % BLOCK !== 0) return null;
  const values = new Uint8Array(data.length / 2);
  const scales = new Float32Array(data.length / BLOCK);
  for (let start = 0; start < data.length; start += BLOCK) {
    let extreme = 0;
    for (let i = start; i < start + BLOCK; i++)
      if (Math.abs(data[i]!) > Math.abs(extreme)) extreme = data[i]!;
    const scale = Math.fround(extreme / -8) || 1;
    scales[start / BLOCK] = scale;
    for (let i = start; i < start + BLOCK; i++) {
      const level = Math.round(data[i]! / scale);
      if (level < -8 || level > 7 || Math.abs(level * scale - data[i]!) > LOSSLESS * Math.abs(extreme))
        return null;
      values[i >> 1]! |= (level + 8) << (4 * (i & 1));
    }
  }
  return { values, scales };
}

/** Share of a block's largest value that float32 arithmetic may have changed. */
const LOSSLESS = 1e-6;

/** The relative size of the error of a matrix (Frobenius norms), for weights given in chunks of whole rows. */
export class QuantisationError {
  #error = 0;
  #norm = 0;

  add(data: Float32Array, columns: number, { values, scales, zeroPoints }: QuantisedRows): void {
    for (let i = 0; i < data.length; i++) {
      const row = Math.floor(i / columns);
      const restored = (values[i]! - (zeroPoints?.[row] ?? 0)) * scales[row]!;
      this.#error += (data[i]! - restored) ** 2;
      this.#norm += data[i]! ** 2;
    }
  }

  get relative(): number {
    return Math.sqrt(this.#error / (this.#norm || 1));
  }
}

/** Transposes `[rows, columns]` to `[columns, rows]`, in blocks that stay in the CPU's cache. */
export function transpose<T extends Float32Array | Uint8Array | Int8Array>(data: T, columns: number): T {
  const TILE = 32;
  const rows = data.length / columns;
  const result = new (data.constructor as new (length: number) => T)(data.length);
  for (let r0 = 0; r0 < rows; r0 += TILE)
    for (let c0 = 0; c0 < columns; c0 += TILE)
      for (let r = r0; r < Math.min(rows, r0 + TILE); r++)
        for (let c = c0; c < Math.min(columns, c0 + TILE); c++) result[c * rows + r] = data[r * columns + c]!;
  return result;
}
