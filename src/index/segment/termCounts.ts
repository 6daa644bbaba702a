/**
 * The counts of a term in a passage, in one byte: `text | headings << 4 | metadata << 6`, with 4, 2 and 2
 * bits. Higher counts are clipped: BM25 saturates long before.
 */
import type { TermCounts } from '../records.ts';

export interface FieldCounts {
  readonly text: number;
  readonly headings: number;
  /** Count in the text of the file that is not prose: targets of links, attributes, fields of front matter. */
  readonly metadata: number;
}

const MOST_IN_TEXT = 15;
const MOST_BESIDE = 3;

export function packCounts({ text, headings, metadata }: FieldCounts): number {
  return packed(text, headings, metadata);
}

function packed(text: number, headings: number, metadata: number): number {
  return (
    Math.min(MOST_IN_TEXT, text) |
    (Math.min(MOST_BESIDE, headings) << 4) |
    (Math.min(MOST_BESIDE, metadata) << 6)
  );
}

export function textCount(packedCounts: number): number {
  return packedCounts & 15;
}

export function headingCount(packedCounts: number): number {
  return (packedCounts >> 4) & 3;
}

export function metadataCount(packedCounts: number): number {
  return packedCounts >> 6;
}

/** Whether a passage has the term in its text or its headings. */
export function isInProse(packedCounts: number): boolean {
  return (packedCounts & 63) !== 0;
}

/** The counts of two terms together, clipped like those of one. */
export function sumOfCounts(a: number, b: number): number {
  return packed(
    textCount(a) + textCount(b),
    headingCount(a) + headingCount(b),
    metadataCount(a) + metadataCount(b),
  );
}

export function largerCounts(a: number, b: number): number {
  return packed(
    Math.max(textCount(a), textCount(b)),
    Math.max(headingCount(a), headingCount(b)),
    Math.max(metadataCount(a), metadataCount(b)),
  );
}

export function smallerCounts(a: number, b: number): number {
  return packed(
    Math.min(textCount(a), textCount(b)),
    Math.min(headingCount(a), headingCount(b)),
    Math.min(metadataCount(a), metadataCount(b)),
  );
}

/** The terms of a passage, parallel to its counts. */
export function termsIn({ dictionary, numbers }: Pick<TermCounts, 'dictionary' | 'numbers'>): string[] {
  return Array.from(numbers, number => dictionary[number]!);
}
