/** Makes a query from the place of the cursor. Pure except for the editor's types. */
import type * as vscode from 'vscode';

/** Text of a document as a query: one line, without invisible characters. */
export function asQuery(text: string): string {
  return text
    .replace(/[\s\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** The selected text, or null where nothing but white space is selected. */
export function selectedText(editor: vscode.TextEditor): string | null {
  const text = editor.document.getText(editor.selection).trim();
  return text === '' ? null : text;
}

/** The selection, or else the paragraph around the cursor: the lines up to an empty one or a heading. */
export function paragraphAround(editor: vscode.TextEditor): string | null {
  const selected = selectedText(editor);
  if (selected !== null) return selected;
  const { document } = editor;
  const ends = (line: number): boolean => /^\s*$|^#{1,6}\s/.test(document.lineAt(line).text);
  const at = editor.selection.active.line;
  if (document.lineAt(at).isEmptyOrWhitespace) return null;
  let first = at;
  let last = at;
  while (first > 0 && !ends(first) && !ends(first - 1)) first--;
  while (last + 1 < document.lineCount && !ends(last) && !ends(last + 1)) last++;
  const lines: string[] = [];
  for (let line = first; line <= last; line++) lines.push(document.lineAt(line).text.trim());
  return lines.join(' ').replace(/^#{1,6}\s+/, '');
}
