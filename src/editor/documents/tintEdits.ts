/** Keeps tints at their places while the document is edited. Pure; offsets are in the document. */
import type { TextRange } from '../../domain/textRange.ts';

/** One replacement, as `vscode.TextDocumentContentChangeEvent` gives it. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Where `range` is after the changes, or null if one of them touched its inside. Changes are applied in the
 * given order, each in the coordinates after the ones before it (VS Code lists them from the last place in
 * the document to the first, where both readings agree).
 */
export function movedBy(range: TextRange, changes: readonly TextChange[]): TextRange | null {
  let { start, end } = range;
  for (const change of changes) {
    const changeEnd = change.rangeOffset + change.rangeLength;
    if (changeEnd <= start) {
      const delta = change.text.length - change.rangeLength;
      start += delta;
      end += delta;
    } else if (change.rangeOffset < end) {
      return null;
    }
  }
  return { start, end };
}
