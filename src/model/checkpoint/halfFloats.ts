/** Converts 16-bit floats to 32-bit floats and back. */

/** bfloat16 is the upper half of a float32. */
export function widenBfloat16(source: Uint16Array): Float32Array {
  const bits = new Uint32Array(source.length);
  for (let i = 0; i < source.length; i++) bits[i] = source[i]! << 16;
  return new Float32Array(bits.buffer);
}

let table: Float32Array | null = null;

/** IEEE 754 binary16: by table, since every value occurs among a checkpoint's millions. */
export function widenFloat16(source: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 1 << 16 }, (_, half) => float16(half));
  const values = new Float32Array(source.length);
  for (let i = 0; i < source.length; i++) values[i] = table[source[i]!]!;
  return values;
}

function float16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const LARGEST = 65_504;

/** Rounds to the nearest IEEE 754 binary16, ties to even; values above its largest number become that. */
export function narrowFloat16(source: Float32Array): Uint16Array {
  return Uint16Array.from(source, value => {
    if (Number.isNaN(value)) return 0x7e00;
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.min(LARGEST, Math.abs(value));
    // Powers of two below are exact, and so is the quotient: numbers are 64 bits wide.
    const exponent = Math.max(-14, Math.floor(Math.log2(size)));
    const fraction = nearestEven(size / 2 ** (exponent - 10));
    // Below the smallest normal number the exponent's bits are zero; a fraction rounded up to 2048 carries into them.
    return sign | (fraction < 1024 ? fraction : ((exponent + 14) << 10) + fraction);
  });
}

function nearestEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
