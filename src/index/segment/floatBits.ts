/** Float32 numbers that are not negative as integers with the same bits: ordered alike. */
const floats = new Float32Array(1);
const bits = new Int32Array(floats.buffer);

/** Of 0 where the number is negative. */
export function bitsOf(value: number): number {
  floats[0] = Math.max(0, value);
  return bits[0]!;
}

export function floatOf(integer: number): number {
  bits[0] = integer;
  return floats[0]!;
}
