/** Postings and vectors as a segment stores them. */
export const WEIGHT_LEVELS = 65_535;
/** One impact stands for 257 levels: 255 impacts cover the 65,535. */
export const LEVELS_PER_IMPACT = 257;

/** Postings of one term: parallel arrays, passages ascending. */
export interface Postings {
  readonly docs: Uint16Array;
  /** Semantic: impacts, weight ≤ impact × `impactStep`. Lexical: body | heading << 4 counts. */
  readonly values: Uint8Array;
}

/** A passage's vector: parallel arrays in the order of its dimensions' ordinals. */
export interface ForwardVector {
  /** Places of the dimensions in the segment's own sorted list. */
  readonly ordinals: Uint32Array;
  /** Weights in levels of the segment. */
  readonly levels: Uint16Array;
  readonly places: Uint16Array;
}

/** A list as it is stored: passages, values, a byte of padding where their number is odd. */
export function postingsIn(list: Uint8Array): Postings {
  const count = Math.floor(list.length / 3);
  // Lists begin at even bytes of a buffer that begins at a multiple of 8.
  return {
    docs: new Uint16Array(list.buffer, list.byteOffset, count),
    values: list.subarray(2 * count, 3 * count),
  };
}
