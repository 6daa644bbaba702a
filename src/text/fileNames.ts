/** The words of a path: folders and file names are written as names, not as prose. */

/** What stands for a blank in a name. */
const SEPARATORS = /[_+~·.,()[\]{}&-]+/gu;

/**
 * A name as it is written and, where other signs stand for blanks, with these: `회의록_최종` is found by 회의록 최종 as
 * by itself.
 */
export function wordsOfName(name: string): string {
  const spaced = name.replace(SEPARATORS, ' ').trim();
  return spaced === name || spaced === '' ? name : `${name}\n${spaced}`;
}

/** What Notion puts behind the names of pages that it exports: 32 hexadecimal digits. */
const EXPORT_MARK = /[ _-]([0-9a-f]{32})(?=\.[^.]*$|$)/u;

/** A name as people know it. */
export function withoutMark(name: string): string {
  return name.replace(EXPORT_MARK, '');
}

/** The mark that `withoutMark` takes away from a path's names, each once. */
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
