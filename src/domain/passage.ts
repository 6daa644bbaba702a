/** A passage: a stretch of a document that is encoded, indexed, ranked and shown as one. */
import type { Location, Markup } from './location.ts';

/** What all that reads a passage needs: its text as it stands in the document, and how that is written. */
export interface PassageText {
  /** Not normalised. */
  readonly text: string;
  readonly markup: Markup;
}

/** Where a passage stands. */
export interface PassagePlace {
  /** UTF-16 span in the document's text. */
  readonly start: number;
  readonly end: number;
  /** Zero-based lines in the document's text, and the UTF-16 column of the start. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Heading trail, outermost first; the document's title leads. */
  readonly headings: readonly string[];
  /** In the document as its own program shows it. */
  readonly location: Location;
}
