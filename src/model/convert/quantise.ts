/** Float matrices -> 8-bit ones with a scale a row (symmetric: the value is `(q - zero) * scale`). */

/** What a model folder's matrices are stored and computed in. */
export type Quantisation = 'fp32' | 'w8' | 'u8' | 's7';

export interface QuantisedRows {
  /** `[rows, columns]`, row-major. */
  readonly values: Uint8Array | Int8Array;
  /** `[rows]` */
  readonly scales: Float32Array;
}

/**
 * `steps` is the largest quantised magnitude: 127, or 63 where the sum of two products of 8-bit numbers must fit
 * in 16 bits (AVX2 without VNNI saturates else, silently). `zero` is 128 for unsigned values, 0 for signed.
 */
export function quantiseRows(
  data: Float32Array,
  columns: number,
  { steps, zero }: { readonly steps: 127 | 63; readonly zero: 128 | 0 },
): QuantisedRows {
  const rows = data.length / columns;
  const values = zero === 0 ? new Int8Array(data.length) : new Uint8Array(data.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const end = start + columns;
    let largest = 0;
    for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(data[i]!));
    // The scale is rounded to float32 first: quantised values must be meant for the scale that is stored.
    const scale = Math.fround(largest / steps) || 1;
    scales[row] = scale;
    for (let i = start; i < end; i++)
      values[i] = Math.max(-steps, Math.min(steps, Math.round(data[i]! / scale))) + zero;
  }
  return { values, scales };
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
