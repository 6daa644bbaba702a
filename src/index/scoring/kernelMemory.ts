/** The layout of the kernel's memory: room for collected results, then leaves, then postings. */
import { MAX_PASSAGES } from '../segment/segment.ts';

/** Compilers place their own data at the start. */
const RESERVED = 1_024;
/** Address of the index and value of each collected passage of a leaf. */
export const FOUND = RESERVED;
/** Address of the passages to locate, the lists to search, and the positions found in each list. */
export const WANTED = FOUND + 8 * (MAX_PASSAGES + 1);
export const LISTS = WANTED + 4 * (MAX_PASSAGES + 1);
export const MOST_LISTS = 512;
export const POSITIONS = LISTS + 8 * MOST_LISTS;
export const MOST_POSITIONS = MAX_PASSAGES + 1;
export const LEAVES = POSITIONS + 4 * MOST_POSITIONS;
/** Addresses in the kernel's memory: passages (u16), then planes of one byte a posting. */
export interface PlacedPostings {
  readonly docs: number;
  readonly planes: number;
  readonly count: number;
}
