/**
 * BM25 (Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, eq. 3.15), with Lucene's
 * never-negative idf, over a passage's text, headings and metadata as one weighted field (§3.6).
 */
import { headingCount, metadataCount, textCount } from '../../index/segment/termCounts.ts';

export interface Bm25 {
  readonly k1: number;
  readonly b: number;
  /** Factor on the count of a term in headings. */
  readonly headingWeight: number;
  /**
   * Factor on the count of a term outside of prose: in the target of a link, an attribute or a field.
   * techdocs_ko, lexical nDCG@10: .4892 with .4, .4897 with .2.
   */
  readonly metadataWeight: number;
}

export const BM25: Bm25 = { k1: 1.2, b: 0.75, headingWeight: 1, metadataWeight: 0.2 };

/** A term's weighted frequency over the fields, from its packed counts (`index/segment/termCounts.ts`). */
export function frequencyOf(counts: number, { headingWeight, metadataWeight }: Bm25): number {
  return textCount(counts) + headingWeight * headingCount(counts) + metadataWeight * metadataCount(counts);
}

/** Inverse document frequency: ln(1 + (N - df + ½) / (df + ½)). */
export function idf(passages: number, documentFrequency: number): number {
  const df = Math.min(documentFrequency, passages);
  return Math.log(1 + (passages - df + 0.5) / (df + 0.5));
}

/** Term frequency, saturated and length-normalised: 0 .. k1 + 1. */
export function saturation(
  frequency: number,
  length: number,
  averageLength: number,
  { k1, b }: Bm25,
): number {
  if (frequency === 0) return 0;
  const norm = averageLength > 0 ? 1 - b + (b * length) / averageLength : 1;
  return (frequency * (k1 + 1)) / (frequency + k1 * norm);
}
