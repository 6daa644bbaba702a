/**
 * Finds files that are listed and not read yet by their names: the query is the name of one, or its words
 * stand in a name or in the folders above it. Names are compared as in `exactNames.ts`.
 */
import { stemOf } from '../../text/words.ts';
import { keyOfForm, pathKeys, withPlainDates } from './exactNames.ts';
import { NAME_BONUS } from './rankNamed.ts';

export interface WaitingFile {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/** A file with its names in the form in which they are compared. */
export interface SpelledFile extends WaitingFile {
  /** Folders and name, without blanks and signs. */
  readonly spelled: string;
  /** Start of the name in `spelled`, and its end, which the extension follows. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Starts of the names that the file may be called by, with folders above it. */
  readonly starts: readonly number[];
}

export interface NamedFile {
  readonly file: WaitingFile;
  readonly score: number;
}

/** Score of a file that has all words of a query in its name and folders; one that has only some gets its share. */
const WORDS_SCORE = NAME_BONUS / 2;
/** A file with less than this share of the query's letters is no answer. */
const LEAST_SHARE = 0.5;
/** A single letter stands in nearly every name. */
const LEAST_LETTERS = 2;
/** Maximum number of words: no name has more. */
const MOST_WORDS = 16;

export function spell(file: WaitingFile): SpelledFile {
  const { name, stems, whole } = pathKeys(file.path);
  const [stem] = stems as [string, ...string[]];
  const extension = name.startsWith(stem) ? name.slice(stem.length) : '';
  const starts = stems.filter(key => key !== '' && whole.endsWith(key)).map(key => whole.length - key.length);
  const { path, size, modified } = file;
  return {
    path,
    size,
    modified,
    spelled: whole + extension,
    nameStart: Math.max(0, whole.length - stem.length),
    nameEnd: whole.length,
    starts,
  };
}

/** The files of that name that `accepts` lets through, best first. `form` is in the search form. */
export function bestNamed(
  files: Iterable<SpelledFile>,
  form: string,
  limit: number,
  accepts: (file: WaitingFile) => boolean,
): readonly NamedFile[] {
  const asked = askedNames(form);
  if (asked === null || limit <= 0) return [];
  const best: Candidate[] = [];
  for (const file of files) {
    const candidate = candidateOf(file, asked);
    if (candidate === null) continue;
    const worst = best.length < limit ? undefined : best.at(-1);
    if ((worst !== undefined && compare(candidate, worst) >= 0) || !accepts(file)) continue;
    if (worst !== undefined) best.pop();
    const place = best.findIndex(other => compare(candidate, other) < 0);
    best.splice(place === -1 ? best.length : place, 0, candidate);
  }
  return best.map(({ file, score }) => ({ file, score }));
}

interface Asked {
  readonly key: string;
  /** Words, longest first, so that a hopeless file is recognised early. */
  readonly words: readonly string[];
  readonly letters: number;
}

/** null where a text has nothing that a name could have. */
function askedNames(form: string): Asked | null {
  const key = keyOfForm(form);
  if (key === '') return null;
  const parts = withPlainDates(form).split(/\s+/u);
  const words = [...new Set(parts.map(part => keyOfForm(stemOf(part))))]
    .filter(word => word.length >= LEAST_LETTERS)
    .sort((a, b) => b.length - a.length);
  const usable = words.length > MOST_WORDS ? [] : words;
  return { key, words: usable, letters: usable.reduce((sum, word) => sum + word.length, 0) };
}

interface Candidate {
  readonly file: SpelledFile;
  readonly score: number;
  /** Number of letters of the query in the file's own name. */
  readonly own: number;
}

function candidateOf(file: SpelledFile, { key, words, letters }: Asked): Candidate | null {
  if (isCalled(file, key)) return { file, score: NAME_BONUS, own: key.length };
  let missing = 0;
  let own = 0;
  for (const word of words) {
    const place = file.spelled.lastIndexOf(word);
    if (place === -1) {
      missing += word.length;
      if (letters - missing <= letters * LEAST_SHARE) return null;
    } else if (place >= file.nameStart) own += word.length;
  }
  return letters === 0 ? null : { file, score: WORDS_SCORE * (1 - missing / letters), own };
}

function isCalled({ spelled, nameStart, nameEnd, starts }: SpelledFile, key: string): boolean {
  const start = nameEnd - key.length;
  if (starts.includes(start) && spelled.startsWith(key, start)) return true;
  return nameStart + key.length === spelled.length && spelled.endsWith(key);
}

/**
 * Sorts the better file first; of two equal ones, the one whose own name has more of the query, then the
 * shorter one.
 */
function compare(one: Candidate, other: Candidate): number {
  return (
    other.score - one.score || other.own - one.own || one.file.spelled.length - other.file.spelled.length
  );
}
