/** The size and the numbers of a leaf's scores in the kernel's memory. */

/** Number of scores that share a maximum. */
export const BLOCK = 64;
/**
 * Maximum sum of the levels of all terms of a query: 255 times this is still below 2^31, even if each term is rounded
 * up.
 */
export const WEIGHT_LIMIT = 8_000_000;
/** The kernel's numbers are 32 bits wide, and no score is larger. */
export const LARGEST_SCORE = 0x7fff_ffff;

/** Bytes that `size` passages take: their scores of both channels, and the maxima of each block. */
export function bytesOfLeaf(size: number): number {
  return 8 * size + (12 * size) / BLOCK;
}

/** A floor of scores that are whole numbers above zero. */
export function integerFloor(floor: number): number {
  return Math.max(1, Math.floor(floor));
}
