/** Text that was typed into a document although it was meant for the search box, which had yet to open. Pure. */
import type { TextChange } from '../documents/tintEdits.ts';

export interface StrayText {
  /** Offset in the document. */
  readonly start: number;
  readonly text: string;
}

/**
 * The stray text after a change of the document: what a typist or an input method does at the cursor, also taking back
 * some of it. Null for any other change: it was not meant for the box.
 */
export function typedOn({ start, text }: StrayText, changes: readonly TextChange[]): StrayText | null {
  const [change, ...others] = changes;
  if (change === undefined) return { start, text };
  const from = change.rangeOffset - start;
  const to = from + change.rangeLength;
  if (others.length > 0 || from < 0 || to > text.length || /[\r\n]/.test(change.text)) return null;
  return { start, text: text.slice(0, from) + change.text + text.slice(to) };
}
