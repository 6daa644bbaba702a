/** Where things stand in the kernel's memory: room for what is collected, then leaves, then postings. */
import { MAX_PASSAGES } from './segment.ts';

/** Compilers place their own data at the start. */
const RESERVED = 1_024;
/** Index and value of each passage of a leaf that was collected. */
export const FOUND = RESERVED;
/** Passages that are looked for, and where they were found. */
export const WANTED = FOUND + 8 * (MAX_PASSAGES + 1);
export const POSITIONS = WANTED + 4 * (MAX_PASSAGES + 1);
export const LEAVES = POSITIONS + 4 * (MAX_PASSAGES + 1);
/** Addresses in the kernel's memory: passages (u16), then planes of a byte a posting. */
export interface PlacedPostings {
  readonly docs: number;
  readonly planes: number;
  readonly count: number;
}
