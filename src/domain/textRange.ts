/** A span of text. */

/** A half-open span of UTF-16 code units inside the text it belongs to. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}
