/** Float matrices -> 8-bit ones with a scale a row (symmetric: the value is `(q - zero) * scale`). */

/** What a model folder's matrices are stored and computed in. */
export type Quantisation = 'fp32' | 'w8' | 'u8' | 's7';

export interface QuantisedRows {
  /** `[rows, columns]`, row-major. */
  readonly values: Uint8Array | Int8Array;
  /** `[rows]` */
  readonly scales: Float32Array;
  /** `[rows]`; absent where values are signed and zero is 0. */
  readonly zeroPoints: Uint8Array | null;
}

/** All 256 steps between a row's least and largest value: a row that leans to one side loses nothing. */
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
    // Rounded to float32 first: quantised values must be meant for the scale that is stored.
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
 * `-steps .. steps` around zero: 127, or 63 where the sum of two products of 8-bit numbers must fit in 16 bits
 * (AVX2 without VNNI saturates else, silently).
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

/** Size of the error relative to the matrix (Frobenius norms), for weights given in chunks of whole rows. */
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

/** `[rows, columns]` -> `[columns, rows]`, in blocks that stay in the cache. */
export function transpose<T extends Float32Array | Uint8Array | Int8Array>(data: T, columns: number): T {
  const BLOCK = 32;
  const rows = data.length / columns;
  const result = new (data.constructor as new (length: number) => T)(data.length);
  for (let r0 = 0; r0 < rows; r0 += BLOCK)
    for (let c0 = 0; c0 < columns; c0 += BLOCK)
      for (let r = r0; r < Math.min(rows, r0 + BLOCK); r++)
        for (let c = c0; c < Math.min(columns, c0 + BLOCK); c++)
          result[c * rows + r] = data[r * columns + c]!;
  return result;
}
