/** Non-negative float32 numbers as integers with the same bits, which have the same order. */
const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/** The bits of a number; those of 0 where it is negative. */
export function bitsOf(value: number): number {
  floats[0] = Math.max(0, value);
  return bits[0]!;
}

export function floatOf(integer: number): number {
  bits[0] = integer;
  return floats[0]!;
}
