/** Hits for files that are listed and not read yet: only their names are known. */
import { LINE } from '../domain/location.ts';
import { nameContribution } from '../search/explain.ts';
import type { ParsedQuery } from '../search/query/language/parsedQuery.ts';
import { bestNamed, type SpelledFile, type WaitingFile } from '../search/ranking/waitingNames.ts';
import type { Found } from '../search/search.ts';
import { normalizeForSearch } from '../text/normalize.ts';
import type { Hit } from '../domain/hit.ts';
import type { FilteredFile } from './fileFilter.ts';

/** Maximum number of such hits: names are no answer to a question, and must not hide the content of documents. */
const MOST_WAITING = 5;

export interface WaitingFolder {
  /** Absolute path. */
  readonly path: string;
  readonly unread: Iterable<SpelledFile>;
  /** Asked about the few files found: a file may have been read since it was listed. */
  readonly isUnread: (path: string) => boolean;
}

/** `files` combines the search's own filter and the query's; null where every file passes. */
export function waitingHits(
  folders: readonly WaitingFolder[],
  query: Pick<ParsedQuery, 'searched' | 'searchForm' | 'literals' | 'headings' | 'tags' | 'negativeQueries'>,
  files: ((file: FilteredFile) => boolean) | null,
): readonly Hit[] {
  if (needsContent(query)) return [];
  const wanted = query.literals.map(({ text }) => withoutBlanks(text));
  const accepts = (file: WaitingFile): boolean => {
    if (files !== null && !files(file)) return false;
    const name = wanted.length === 0 ? '' : withoutBlanks(file.path);
    return wanted.every(text => name.includes(text));
  };
  return folders
    .flatMap(({ path, unread, isUnread }) =>
      bestNamed(
        unread,
        query.searchForm.text,
        MOST_WAITING,
        file => isUnread(file.path) && accepts(file),
      ).map(({ file, score }) => hitOf(path, file.path, score, query.searched)),
    )
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_WAITING);
}

/** Merges the waiting hits; the order of the others stays, and at equal scores a read passage comes first. */
export function withWaiting(found: Found, waiting: readonly Hit[], limit: number): Found {
  if (waiting.length === 0) return found;
  const hits = [...found.hits];
  for (const hit of waiting) {
    const place = hits.findIndex(({ score }) => score < hit.score);
    hits.splice(place === -1 ? hits.length : place, 0, hit);
  }
  return { ...found, hits: hits.slice(0, limit), total: found.total + waiting.length };
}

/** Whether a clause needs the file's content: exclusions, headings and tags are known only after reading. */
function needsContent({
  literals,
  headings,
  tags,
  negativeQueries,
}: Pick<ParsedQuery, 'literals' | 'headings' | 'tags' | 'negativeQueries'>): boolean {
  return (
    headings.length + tags.length + negativeQueries.length > 0 || literals.some(({ negative }) => negative)
  );
}

function hitOf(folder: string, file: string, score: number, query: string): Hit {
  return {
    id: `waiting:${file}`,
    folder,
    file,
    start: 0,
    end: 0,
    line: 0,
    column: 0,
    endLine: 0,
    location: LINE,
    headings: [],
    text: '',
    markup: 'none',
    score,
    contributions: [nameContribution(score, query)],
    waiting: true,
  };
}

function withoutBlanks(text: string): string {
  return normalizeForSearch(text).text.replace(/\s+/gu, '');
}
