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

/** The file's name without its extension, and the names of its folders below the opened one, outermost first. */
export function namesOfPath(path: string): { readonly name: string; readonly folders: readonly string[] } {
  const folders = path.split('/').filter(part => part !== '');
  const file = folders.pop() ?? '';
  const dot = file.lastIndexOf('.');
  return { name: dot <= 0 ? file : file.slice(0, dot), folders };
}
