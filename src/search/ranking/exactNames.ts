/**
 * Finds files whose name is the query: 회의록, `R-1180`, `한빛제과 계약` (a folder and a name), 2024년 3월 15일
 * (2024-03-15.md).
 *
 * Names are compared by their letters and digits only, with dates in one form.
 */
import type { Segment } from '../../index/segment/segment.ts';
import { withoutMark } from '../../text/fileNames.ts';
import { normalizeForSearch } from '../../text/normalize.ts';
import type { Place } from '../filter/passageFilter.ts';

/** Maximum number of folders above a file that may stand before its name in a query. */
const MAX_FOLDERS = 2;
const DATE = /((?:19|20)\d\d)(?:년\s?|\s?[-./]\s?)(\d{1,2})(?:월\s?|\s?[-./]\s?)(\d{1,2})(?:일|\.)?(?!\d)/gu;

/** The form in which names are compared; '' where nothing is left of a text. */
export function nameKey(text: string): string {
  return keyOfForm(normalizeForSearch(text).text);
}

/** The same for a text in the search form. */
export function keyOfForm(form: string): string {
  return withPlainDates(form).replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}+#]+/gu, '');
}

/** A text in the search form with its dates as digits, each a word of its own: ` 20240315 `. */
export function withPlainDates(form: string): string {
  return form.replace(
    DATE,
    (_, year: string, month: string, day: string) =>
      ` ${[year, month.padStart(2, '0'), day.padStart(2, '0')].join('')} `,
  );
}

/** Files of a segment by their own names, and by those of their folders. */
interface Names {
  readonly files: ReadonlyMap<string, readonly number[]>;
  readonly folders: ReadonlyMap<string, readonly number[]>;
}

/** Segments are immutable, so their names are read once. */
const NAMES = new WeakMap<Segment, Names>();

function namesOf(segment: Segment): Names {
  let names = NAMES.get(segment);
  if (names === undefined) {
    const files = new Map<string, number[]>();
    const folders = new Map<string, number[]>();
    for (let file = 0; file < segment.fileCount; file++) {
      const path = segment.files.path(file);
      for (const key of keysOf(path)) push(files, key, file);
      for (const key of folderKeysOf(path)) push(folders, key, file);
    }
    NAMES.set(segment, (names = { files, folders }));
  }
  return names;
}

function push(lists: Map<string, number[]>, key: string, file: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [file]);
  else list.push(file);
}

export function folderKeysOf(path: string): Set<string> {
  const keys = new Set(
    path
      .split('/')
      .slice(0, -1)
      .map(folder => nameKey(withoutMark(folder))),
  );
  keys.delete('');
  return keys;
}

/** The keys under which a file is found by name. */
export interface PathKeys {
  /** The name with its extension. */
  readonly name: string;
  /** The name without its extension, preceded by none, one, two … of the folders right above it. */
  readonly stems: readonly string[];
  /** The name without its extension, preceded by all of its folders. */
  readonly whole: string;
}

export function pathKeys(path: string): PathKeys {
  const folders = path.split('/').map(part => withoutMark(normalizeForSearch(part).text));
  const name = folders.pop()!;
  const dot = name.lastIndexOf('.');
  const stem = dot <= 0 ? name : name.slice(0, dot);
  const after = (count: number): string =>
    keyOfForm([...folders.slice(folders.length - count), stem].join(' '));
  const counts = Array.from({ length: Math.min(MAX_FOLDERS, folders.length) + 1 }, (_, count) => count);
  return { name: keyOfForm(name), stems: counts.map(after), whole: after(folders.length) };
}

/** A file's name with and without its extension, also preceded by the folders right above it. */
export function keysOf(path: string): Set<string> {
  const { name, stems } = pathKeys(path);
  const keys = new Set([name, ...stems]);
  keys.delete('');
  return keys;
}

/** Live passages of the files whose name is this text (in its search form), grouped by file. */
export function exactlyNamed(segments: readonly Segment[], form: string): readonly (readonly Place[])[] {
  const key = keyOfForm(form);
  if (key === '') return [];
  return segments.flatMap(segment =>
    (namesOf(segment).files.get(key) ?? []).flatMap(file => {
      const places = placesOf(segment, file);
      return places.length === 0 ? [] : [places];
    }),
  );
}

/** Live passages of the files in folders of this name. */
export function inFolderNamed(segments: readonly Segment[], form: string): readonly Place[] {
  const key = keyOfForm(form);
  if (key === '') return [];
  return segments.flatMap(segment =>
    (namesOf(segment).folders.get(key) ?? []).flatMap(file => placesOf(segment, file)),
  );
}

function placesOf(segment: Segment, file: number): Place[] {
  const { first, end } = segment.passagesOf(file);
  const places: Place[] = [];
  for (let passage = first; passage < end; passage++)
    if (segment.live[passage] === 1) places.push({ segment, passage });
  return places;
}
