/** Where a passage stands in its document, in the terms of the program that the document was made with. */

/** How a document's text is written: as Markdown, or as plain text. */
export type Markup = 'markdown' | 'none';

/**
 * The kinds of places in a document:
 * - `line`: in a text file, where the passage's own line and column say where;
 * - `page`: one-based page of a PDF or a book;
 * - `slide`: one-based;
 * - `cell`: name of the sheet and address of the first cell (`B12`);
 * - `section`: one-based section and paragraph of an HWP or Word document;
 * - `time`: when it is said, of subtitles: `h:mm:ss`.
 */
export type Location =
  | { readonly kind: 'line' }
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'slide'; readonly slide: number }
  | { readonly kind: 'cell'; readonly sheet: string; readonly cell: string }
  | { readonly kind: 'section'; readonly section: number; readonly paragraph: number }
  | { readonly kind: 'time'; readonly time: string };

export const LINE: Location = { kind: 'line' };
