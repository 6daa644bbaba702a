/** The sparse vector that a SPLADE model makes of a text. */

/** The three arrays are sorted by dimension and have one entry for each non-zero dimension. */
export interface SparseVector {
  readonly dimensions: Uint32Array;
  /** Positive weights: log1p(relu(logit)), maximised over the text's tokens. */
  readonly weights: Float32Array;
  /**
   * The place that activated each dimension: the number of the word (`text/words.ts`, `WordPlaces`) in the
   * source text given to the encoder, `IN_CONTEXT` where the winning token stands in the heading context, or
   * `NOWHERE` where there is no word.
   */
  readonly places: Uint16Array;
}

/** Of a text of nothing. */
export const NO_VECTOR: SparseVector = {
  dimensions: new Uint32Array(),
  weights: new Float32Array(),
  places: new Uint16Array(),
};

/** The place of a dimension that the heading context activated. */
export const IN_CONTEXT = 0xffff;
/** The place of a dimension that no word activated (or a word beyond 16 bits). */
export const NOWHERE = 0xfffe;
