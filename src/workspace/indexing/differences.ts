/** Compares a listing of a folder with its index. Pure. */
import type { FileHead } from '../../index/records.ts';
import type { PassageIndex } from '../../index/passageIndex.ts';
import type { ListedFile, Listing } from './listing.ts';

export interface Differences {
  /** Files whose record, if there is any, may not be that of their content: they must be read. */
  readonly unlike: readonly ListedFile[];
  /** Files that are as the index has them, but for vectors of some passages. */
  readonly pending: readonly ListedFile[];
  /** Names of the index that the folder no longer has. */
  readonly gone: readonly string[];
  /** Files of which the index has no passages at all. */
  readonly unread: readonly ListedFile[];
}

/**
 * The files come in the order in which they should be read: last changed first. `hasEncoding` tells whether a file was
 * read in the encoding that it should be read in now.
 */
export function differences(
  { files, unreadable }: Pick<Listing, 'files' | 'unreadable'>,
  index: Pick<PassageIndex, 'head' | 'heads'>,
  hasEncoding: (head: FileHead) => boolean,
): Differences {
  const wanted = files.filter(file => !file.ignored).sort((a, b) => b.modified - a.modified);
  const [unlike, pending, unread]: [ListedFile[], ListedFile[], ListedFile[]] = [[], [], []];
  for (const file of wanted) {
    const head = index.head(file.path);
    const known = head !== null && head.size === file.size && head.modified === file.modified;
    if (!known || head.state === 'failed' || !hasEncoding(head)) unlike.push(file);
    else if (head.pendingCount > 0) pending.push(file);
    if (!known && head?.state !== 'indexed') unread.push(file);
  }
  const names = new Set(wanted.map(file => file.path));
  // The contents of a folder that cannot be read are unknown, so the index keeps what it has of them.
  const isUnreadable = (name: string): boolean => unreadable.some(folder => name.startsWith(`${folder}/`));
  const gone: string[] = [];
  for (const { path } of index.heads()) if (!names.has(path) && !isUnreadable(path)) gone.push(path);
  return { unlike, pending, gone, unread };
}
