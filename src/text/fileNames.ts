/** The words of a path. Names of folders and files are not written as prose. */

/** Signs that stand for a blank in a name. */
const SEPARATORS = /[_+~·.,()[\]{}&-]+/gu;

/**
 * A name as it is written and, where other signs stand for blanks, also with blanks, so that `회의록_최종` is
 * found both by itself and by 회의록 최종.
 */
export function wordsOfName(name: string): string {
  const spaced = name.replace(SEPARATORS, ' ').trim();
  return spaced === name || spaced === '' ? name : `${name}\n${spaced}`;
}

/** Notion appends 32 hexadecimal digits to the names of exported pages. */
const EXPORT_MARK = /[ _-]([0-9a-f]{32})(?=\.[^.]*$|$)/u;

/** A name as people know it, without Notion's mark. */
export function withoutMark(name: string): string {
  return name.replace(EXPORT_MARK, '');
}

/** The marks that `withoutMark` removes from the names of a path, each once. */
export function marksOf(path: string): readonly string[] {
  const found = path.split('/').flatMap(part => EXPORT_MARK.exec(part)?.[1] ?? []);
  return [...new Set(found)];
}

/** The file's name without its extension, and the names of its folders below the opened one, outermost first. */
export function namesOfPath(path: string): { readonly name: string; readonly folders: readonly string[] } {
  const folders = path
    .split('/')
    .filter(part => part !== '')
    .map(withoutMark);
  const file = folders.pop() ?? '';
  const dot = file.lastIndexOf('.');
  return { name: dot <= 0 ? file : file.slice(0, dot), folders };
}
