/** Where things stand in the kernel's memory: room for what is collected, then leaves, then postings. */
import { MAX_PASSAGES } from '../segment/segment.ts';

/** Compilers place their own data at the start. */
const RESERVED = 1_024;
/** Index and value of each passage of a leaf that was collected. */
export const FOUND = RESERVED;
/** Passages that are looked for, the lists where they are, and where they were found in each of these. */
export const WANTED = FOUND + 8 * (MAX_PASSAGES + 1);
export const LISTS = WANTED + 4 * (MAX_PASSAGES + 1);
export const MOST_LISTS = 512;
export const POSITIONS = LISTS + 8 * MOST_LISTS;
export const MOST_POSITIONS = MAX_PASSAGES + 1;
export const LEAVES = POSITIONS + 4 * MOST_POSITIONS;
/** Addresses in the kernel's memory: passages (u16), then planes of a byte a posting. */
export interface PlacedPostings {
  readonly docs: number;
  readonly planes: number;
  readonly count: number;
}
