/** A passage: a stretch of a document that is encoded, indexed, ranked and shown as one. */
import type { Location, Markup } from './location.ts';

/** The data that every reader of a passage needs: its text as it stands in the document, and how it is written. */
export interface PassageText {
  /** The text as it stands in the document, not normalised. */
  readonly text: string;
  readonly markup: Markup;
}

/** The place of a passage in its document. */
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
  /** The place as the document's own program shows it. */
  readonly location: Location;
}
