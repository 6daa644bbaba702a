/** A way to narrow results down, and how many of them it would keep. */
export type FacetKind = 'concept' | 'folder' | 'type' | 'tag' | 'month';

export interface FacetValue {
  readonly kind: FacetKind;
  readonly name: string;
  /** Hits that have it. */
  readonly count: number;
  /** Added to the query, it leaves out the hits that don't have it. */
  readonly operator: string;
}
