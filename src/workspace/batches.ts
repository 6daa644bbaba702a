/** Passages -> batches for the encoder: similar lengths together, so that little is padding. */

/** Tokens in one call, padding counted: bounds how long a query waits (about a tenth of a second). */
export const BATCH_TOKENS = 512;
/** Tokens that prompt, headings and special tokens add, about. */
const FRAME_TOKENS = 16;

/** Groups of indices into `lengths` (tokens each), longest first. */
export function batchesOf(lengths: readonly number[], budget: number = BATCH_TOKENS): number[][] {
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[b]! - lengths[a]!);
  const batches: number[][] = [];
  let open: number[] = [];
  let longest = 0;
  for (const index of order) {
    const length = lengths[index]! + FRAME_TOKENS;
    if (open.length > 0 && Math.max(longest, length) * (open.length + 1) > budget) {
      batches.push(open);
      open = [];
      longest = 0;
    }
    open.push(index);
    longest = Math.max(longest, length);
  }
  if (open.length > 0) batches.push(open);
  return batches;
}
